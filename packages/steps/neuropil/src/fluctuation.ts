// The slow fluctuation of a component's brightness is an Ornstein-Uhlenbeck process, sampled at the frames.
export { ornsteinUhlenbeck as slowFluctuation } from "@minisim/random";
