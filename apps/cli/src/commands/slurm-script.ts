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

/** In a row, each of which was ended before it had finished anything; another would hardly do better. */
const MOST_IDLE_RUNS = 3;

export function arrayScript(job: SlurmJob): string {
  const { command, words, output, shards, options, taskOptions } = job;
  const unit = words[0] === "sweep" ? "point" : "chunk";
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

# The signal before the time limit, and that of a preemption, go to the program as the one that it hears while it prepares a scene, too: it ends in order.
trap 'kill -INT "$program" 2>/dev/null' USR1 TERM
${command} ${words.map(quoted).join(" ")} \\
  --shard "$SLURM_ARRAY_TASK_ID/${shards}" --workers "\${SLURM_CPUS_PER_TASK:-1}" --quiet &
program=$!
# A signal ends a wait before the program has ended; the last one has the code of its end.
while kill -0 "$program" 2>/dev/null; do wait "$program"; done
wait "$program"
code=$?

# 75: interrupted, try again. 76: the same, with nothing finished since it began; 130: by a second signal; 143: by SIGTERM from somewhere else.
case $code in
  75 | 76 | 130 | 143) ;;
  *) exit "$code" ;;
esac
# Not by SLURM_JOB_ID: that of one task is the number of the whole array.
task=\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
# A task that somebody has cancelled is not running any more, and stays so.
[ "$(squeue --noheader --jobs="$task" --format=%T)" = RUNNING ] || exit "$code"
# Counted in the comment of the job, which a requeued job keeps.
[[ $(squeue --noheader --jobs="$task" --format=%k) =~ ^"idle runs: "([0-9]+)$ ]]
before=\${BASH_REMATCH[1]:-0}
idle=$((code == 75 ? 0 : before + 1))
if [ "$idle" -ge ${MOST_IDLE_RUNS} ]; then
  echo "error: ${MOST_IDLE_RUNS} runs in a row were ended before a single ${unit} was finished, so this task is not requeued: it needs a longer --time, or more --cpus." >&2
  exit 1
fi
[ "$idle" -eq "$before" ] || scontrol update JobId="$task" Comment="idle runs: $idle"
scontrol requeue "$task"
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
