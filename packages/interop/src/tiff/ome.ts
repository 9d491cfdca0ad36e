// What an OME-TIFF says of its planes: OME-XML 2016-06, https://docs.openmicroscopy.org/ome-model/latest/
import { type Recorded, scaleOf } from "@minisim/recording";

const NAMESPACE = "http://www.openmicroscopy.org/Schemas/OME/2016-06";
const TYPES = { uint8: "uint8", uint16: "uint16", float32: "float" } as const;

/** Frames are time points (T) of one channel; pixel size in µm, frame interval in s. */
export function omeXml(recording: Recorded): string {
  const { shape, container, cache_key } = recording;
  const { fps, pixel_size_um } = scaleOf(recording);
  const [frames, height, width] = shape;
  const pixels = attributes({
    ID: "Pixels:0",
    DimensionOrder: "XYCZT",
    Type: TYPES[container],
    BigEndian: "false",
    SizeX: width,
    SizeY: height,
    SizeC: 1,
    SizeZ: 1,
    SizeT: frames,
    PhysicalSizeX: pixel_size_um,
    PhysicalSizeXUnit: "&#181;m",
    PhysicalSizeY: pixel_size_um,
    PhysicalSizeYUnit: "&#181;m",
    TimeIncrement: 1 / fps,
    TimeIncrementUnit: "s",
  });
  const root = attributes({
    xmlns: NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": `${NAMESPACE} ${NAMESPACE}/ome.xsd`,
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<OME${root}><Image ID="Image:0" Name="minisim ${cache_key}"><Pixels${pixels}>`,
    '<Channel ID="Channel:0:0" SamplesPerPixel="1"/>',
    `<TiffData IFD="0" PlaneCount="${frames}"/>`,
    "</Pixels></Image></OME>",
  ].join("");
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
