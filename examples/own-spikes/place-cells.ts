// Twelve place cells of an animal that runs laps on a circular track: their spikes, as a table.
//   npx tsx -C @minisim/source examples/own-spikes/place-cells.ts > examples/own-spikes/spikes.csv
import { fileURLToPath } from "node:url";
import { cos, exp } from "@minisim/kernels/math";
import { createRandom, type Random } from "@minisim/random";

const CELLS = 12;
const DURATION_S = 60;
const STEP_S = 0.002;
const TRACK_CM = 150;
/** Estimates of a mouse at a trot, whose speed wanders. */
const SPEED_CM_S = 20;
const SPEED_SD_CM_S = 8;
const SPEED_TAU_S = 2;
/** Estimates within what is common in CA1: fields of some 20 cm and peaks of 5 to 20 Hz. */
const FIELD_SD_CM = 9;
const PEAK_HZ = 10;
const REST_HZ = 0.02;
/** Rates rise and fall with the theta rhythm. */
const THETA_HZ = 8;

/** Where the animal is, cm along the track, at each step: its speed is an Ornstein-Uhlenbeck process and never negative. */
function positions(random: Random): number[] {
  const draws = random.stream("speed");
  const keep = 1 - STEP_S / SPEED_TAU_S;
  const kick = Math.sqrt((2 * STEP_S) / SPEED_TAU_S);
  let [wander, place] = [0, 0];
  return Array.from({ length: DURATION_S / STEP_S }, () => {
    wander = keep * wander + kick * draws.normal();
    place = (place + Math.max(0, SPEED_CM_S + SPEED_SD_CM_S * wander) * STEP_S) % TRACK_CM;
    return place;
  });
}

/** Spikes a second of a cell whose field is centred there: a Gaussian of the shorter way round the track. */
function rate(place: number, centre: number, time_s: number): number {
  const way = Math.abs(place - centre);
  const distance = Math.min(way, TRACK_CM - way) / FIELD_SD_CM;
  const theta = 1 + cos(2 * Math.PI * THETA_HZ * time_s);
  return REST_HZ + PEAK_HZ * exp(-0.5 * distance * distance) * theta;
}

/** A line for each spike: the cell, in the order of the track, and the time in seconds. */
export function spikesCsv(): string {
  const random = createRandom(1);
  const track = positions(random);
  const lines = ["cell,time_s"];
  for (let cell = 0; cell < CELLS; cell++) {
    const draws = random.stream("spikes", cell);
    const centre = (cell * TRACK_CM) / CELLS;
    for (const [step, place] of track.entries()) {
      const time_s = step * STEP_S;
      if (draws.uniform() < rate(place, centre, time_s) * STEP_S) {
        lines.push(`${cell},${time_s.toFixed(3)}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(spikesCsv());
