// A sweep file to start from: every field that one may have, each with what it means.

/** YAML that runs as it is, beside any preset. */
export const SWEEP_TEMPLATE = `# A sweep: each combination of the axes' values is a recording, on which pipelines are scored.
#   minisim sweep sweep.yaml --dry-run        what it costs
#   minisim sweep sweep.yaml -o results       table.csv: a row for each recording; cells.csv: a row for each of its cells

# What all have in common: a preset, a spec file beside this one, or a spec written here.
base: miniscope_v4/ca1

# Values by path: a field, steps.KIND.FIELD, or steps.KIND as a whole ({} with its defaults, null: without it).
# pipeline.NAME is a parameter of the pipelines.
axes:
  acquisition.duration_s: [20]
  acquisition.focal_depth_in_tissue_um: [60, 120]
  steps.vasculature: [null, {}]

# true: the first values of all axes, then the second ones, …; false: every combination.
zip: false

# Each point so often, with seeds one after another.
repeats: 2

# Pipelines to score: roi, roi_mean, oracle; those that minisim run lists; NAME=COMMAND with --allow-commands.
pipeline: [roi, oracle]

# How: match_threshold, metric and other options of @minisim/scoring.
score: { match_threshold: 0.5 }
`;
