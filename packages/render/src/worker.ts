// The worker's side of a pool: set up once, then one job after another. What runs around it, a worker of some platform or
// this very thread, is behind a port.
import { JobRunner } from "./job-runner.ts";
import { type Chunk, type FromWorker, type Job, plainError, type ToWorker } from "./messages.ts";

export interface Port {
  /** When the worker was started, on this thread's clock, ms. */
  readonly started: number;
  post(message: FromWorker, transfer: ArrayBuffer[]): void;
  /** Called between blocks; a worker that shares its thread with others makes room for them here. */
  pause?(): Promise<void>;
}

export interface Server {
  /** Resolves once the message, and all before it, are dealt with. */
  handle(message: ToWorker): Promise<void>;
  /** Ends what is still delivered and gives the memory back; for a server whose thread lives on. */
  release(): Promise<void>;
}

export function serve(port: Port): Server {
  let runner: JobRunner | undefined;
  let queue: Promise<void> = Promise.resolve();
  const answer = async (message: ToWorker): Promise<void> => {
    if (message.type === "load") {
      await import(/* @vite-ignore */ message.module).catch(() => {});
      return;
    }
    if (message.type === "deliver") return runner!.deliverTo(message.delivery);
    if (message.type === "job") return render(runner!, message.job);
    runner = await JobRunner.create(message.work);
    port.post({ type: "ready", startSeconds: (performance.now() - port.started) / 1000 }, []);
  };
  return {
    handle(message) {
      queue = queue.then(() => answer(message)).catch(fail);
      return queue;
    },
    release: async () => runner?.release(),
  };

  async function render(ready: JobRunner, job: Job): Promise<void> {
    const done = await ready.run(job, (frames) => {
      port.post({ type: "progress", frames }, []);
      return port.pause?.();
    });
    const { renderSeconds, deliverSeconds } = done;
    done.result
      .then((result) => {
        const chunk = result as Partial<Chunk> | null | undefined;
        const views = chunk?.taps instanceof Map ? [chunk.data, ...chunk.taps.values()] : [];
        const transfer = views.map((view) => view!.buffer as ArrayBuffer);
        const answer = { type: "done", job: job.number, result, renderSeconds, deliverSeconds };
        port.post(answer as FromWorker, transfer);
      })
      .catch(fail);
  }

  function fail(error: unknown): void {
    port.post({ type: "failed", error: plainError(error) }, []);
  }
}
