// The file's head: session, subject, device and imaging plane.
import { markOf } from "@minisim/output/mark";
import { type Recorded, scaleOf } from "@minisim/recording";
import { hexDigest } from "./digest.ts";
import type { Nodes } from "./nodes.ts";
import type { WriteSettings } from "./settings.ts";

export const PLANE = "general/optophysiology/ImagingPlane";
const DEVICE = "general/devices/Miniscope";
const GROUPS = [
  ...["acquisition", "analysis", "general", "processing", "stimulus"],
  ...["stimulus/presentation", "stimulus/templates", "general/devices", "general/optophysiology"],
];

export function writeSession(nodes: Nodes, source: Recorded, settings: WriteSettings): void {
  const { sink } = nodes;
  sink.attributes("", nodes.typed("", "NWBFile", { nwb_version: "2.6.0" }));
  sink.texts("file_create_date", [settings.file_create_date]);
  sink.text("identifier", settings.identifier ?? identifierOf(source));
  sink.text("session_description", settings.session_description);
  sink.text("session_start_time", settings.session_start_time);
  sink.text("timestamps_reference_time", settings.session_start_time);
  for (const path of GROUPS) sink.group(path);
  nodes.texts("general", {
    experiment_description:
      "Forward simulation of one-photon miniscope calcium imaging; processing/ophys holds the truth, not an analysis.",
    notes: JSON.stringify(source.spec),
  });
  sink.texts("general/keywords", ["simulation", "calcium imaging", "miniscope", "ground truth"]);
  sink.text("general/source_script", markOf("nwb"), { file_name: "minisim" });
  nodes.group("general/subject", "Subject");
  const { subject_id, species, sex, age } = settings;
  nodes.texts("general/subject", { subject_id, species, sex, description: "Simulated." });
  sink.text("general/subject/age", age, { reference: "birth" });
  writePlane(nodes, source, settings);
}

function writePlane(nodes: Nodes, source: Recorded, settings: WriteSettings): void {
  const { sink } = nodes;
  const { spec } = source;
  const { fps, pixel_size_um } = scaleOf(source);
  nodes.group(DEVICE, "Device", { description: "Simulated head-mounted one-photon microscope." });
  nodes.group(PLANE, "ImagingPlane");
  nodes.texts(PLANE, {
    description: "The field of view of the simulated sensor.",
    indicator: settings.indicator,
    location: settings.location,
    reference_frame: "x: columns of the sensor, to the right; y: rows, downwards.",
  });
  sink.array(`${PLANE}/excitation_lambda`, Float64Array.of(settings.excitation_nm), []);
  sink.array(`${PLANE}/imaging_rate`, Float64Array.of(fps), []);
  const spacing = Float64Array.of(pixel_size_um / 1e6, pixel_size_um / 1e6);
  sink.array(`${PLANE}/grid_spacing`, spacing, [2], { unit: "meters" });
  sink.link(`${PLANE}/device`, DEVICE);
  nodes.group(`${PLANE}/optical_channel`, "OpticalChannel");
  sink.text(`${PLANE}/optical_channel/description`, "Emission filter.");
  const { emission_nm } = spec.acquisition.optics;
  sink.array(`${PLANE}/optical_channel/emission_lambda`, Float64Array.of(emission_nm), []);
}

/** Of the spec and the container: what else decides the bytes. */
const identifierOf = ({ cache_key, container, shape }: Recorded): string =>
  `minisim-${hexDigest(`${cache_key} ${container} ${shape.join()}`).slice(0, 32)}`;
