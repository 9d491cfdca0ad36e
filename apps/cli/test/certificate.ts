// A certificate that this machine signed for itself, for a server on loopback: X.509 v3 (RFC 5280) in DER, which Node signs but does not make.
import { generateKeyPairSync, sign } from "node:crypto";

const node = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const bytes = (hex: string) => Buffer.from(hex, "hex");
const sequence = (...parts: readonly Buffer[]) => node(0x30, ...parts);
const oid = (hex: string) => node(0x06, bytes(hex));
const text = (tag: number, value: string) => node(tag, Buffer.from(value));
const TRUE = node(0x01, bytes("ff"));

const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));
const COMMON_NAME = oid("550403");
const SUBJECT_ALT_NAME = oid("551d11");
const BASIC_CONSTRAINTS = oid("551d13");

/** For 127.0.0.1, in PEM. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(node(0x31, sequence(COMMON_NAME, text(0x0c, "minisim test"))));
  const certified = sequence(
    node(0xa0, node(0x02, bytes("02"))),
    node(0x02, bytes("01")),
    ECDSA_WITH_SHA256,
    name,
    sequence(text(0x17, "200101000000Z"), text(0x17, "491231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    node(
      0xa3,
      sequence(
        sequence(SUBJECT_ALT_NAME, node(0x04, sequence(node(0x87, bytes("7f000001"))))),
        sequence(BASIC_CONSTRAINTS, TRUE, node(0x04, sequence(TRUE))),
      ),
    ),
  );
  const signature = node(0x03, bytes("00"), sign("sha256", certified, privateKey));
  const der = sequence(certified, ECDSA_WITH_SHA256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.match(/.{1,64}/g)!.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}
