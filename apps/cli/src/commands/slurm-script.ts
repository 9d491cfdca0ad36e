// The script of an array job: one shard a task. It is for people to read, and to change.

export interface SlurmJob {
  /** Words of the shell that call minisim. */
  readonly command: string;
  /** "simulate" or "sweep", and everything behind it but the shard. */
  readonly words: readonly string[];
  readonly output: string;
  readonly shards: number;
  readonly folder: string;
  /** Of sbatch, for every job: ["--partition=cpu"]. */
  readonly options: readonly string[];
  /** Of sbatch, for tasks alone. */
  readonly taskOptions: readonly string[];
}

/** Seconds before its time limit that a task is told, for it to end in order. */
const NOTICE_S = 60;

export function arrayScript(job: SlurmJob): string {
  const { command, words, output, shards, options, taskOptions } = job;
  const sbatch = [
    "--job-name=minisim",
    `--array=1-${shards}`,
    ...options,
    ...taskOptions,
    "--requeue",
    "--open-mode=append",
    `--signal=B:USR1@${NOTICE_S}`,
  ];
  return `#!/bin/bash
# minisim submit slurm: ${oneLine(output)} in ${shards} parts.
${sbatch.map((option) => `#SBATCH ${option}`).join("\n")}

cd ${quoted(job.folder)} || exit 1

# The signal before the time limit, and that of a preemption, go to the program too: it ends in order.
trap 'kill -TERM "$program" 2>/dev/null' USR1 TERM
${command} ${words.map(quoted).join(" ")} \\
  --shard "$SLURM_ARRAY_TASK_ID/${shards}" --workers "\${SLURM_CPUS_PER_TASK:-1}" --quiet &
program=$!
# A signal ends a wait before the program has ended; the last one has the code of its end.
while kill -0 "$program" 2>/dev/null; do wait "$program"; done
wait "$program"
code=$?

# 75: interrupted, try again; 143: by a second signal. A task that somebody has cancelled is not running any more, and stays so.
case $code in
  75 | 143)
    if [ "$(squeue --noheader --jobs="$SLURM_JOB_ID" --format=%T)" = RUNNING ]; then
      scontrol requeue "$SLURM_JOB_ID"
    fi
    ;;
esac
exit "$code"
`;
}

/**
 * After any end of the tasks, not only a good one: a task that failed for good would leave the job waiting for ever, and whether all parts are there is
 * seen from the files.
 */
export const finishOptions = (array: string): string[] => [
  `--dependency=afterany:${array}`,
  "--job-name=minisim-finish",
];

export function finishScript({ command, output, folder, options }: SlurmJob): string {
  return `#!/bin/bash
# minisim submit slurm: puts the parts of ${oneLine(output)} together.
${options.map((option) => `#SBATCH ${option}\n`).join("")}
cd ${quoted(folder)} || exit 1
exec ${command} finish ${quoted(output)}
`;
}

/** A word of the shell. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");
