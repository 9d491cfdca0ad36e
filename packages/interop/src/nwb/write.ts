// A recording as NWB: the movie as acquisition, the whole truth as the processing module ophys and the table of units.
import { type Recorded, scaleOf } from "@minisim/recording";
import type { Watch } from "../contract.ts";
import { writeMovie } from "../h5/fill.ts";
import type { Output } from "../output.ts";
import { dataAttributes, Nodes } from "./nodes.ts";
import { PLANE, writeSession } from "./session.ts";
import type { WriteSettings } from "./settings.ts";
import { writeTruth } from "./truth.ts";

const MOVIE = "acquisition/OnePhotonSeries";

export function writeNwb(
  output: Output,
  source: Recorded,
  settings: WriteSettings,
  watch: Watch,
): Promise<void> {
  return output.hdf5(async (sink) => {
    const nodes = new Nodes(sink, source.cache_key);
    writeSession(nodes, source, settings);
    const { shape } = source;
    const timing = scaleOf(source);
    const [, height, width] = shape;
    nodes.series(MOVIE, "OnePhotonSeries", "The movie of the simulated sensor.", timing, {
      exposure_time: Float32Array.of(1 / timing.fps),
      binning: Uint8Array.of(1),
    });
    sink.link(`${MOVIE}/imaging_plane`, PLANE);
    sink.array(`${MOVIE}/dimension`, Int32Array.of(width, height), [2]);
    sink.text(`${MOVIE}/format`, "raw");
    await writeMovie(sink, `${MOVIE}/data`, source, watch, {
      widthFirst: true,
      attributes: dataAttributes("n.a."),
    });
    writeTruth(nodes, await source.truth(), timing, MOVIE);
  });
}
