# Rules by which Snakemake makes recordings and tables of sweeps, each in shards that it spreads over cores or cluster jobs. In a Snakefile:
#
#   include: "minisim.smk"
#   rule all:
#       input: "recordings/tiny.zarr/zarr.json", "tables/photons.csv"
#
# A recording recordings/NAME.zarr is made from specs/NAME.yaml, a table tables/NAME.csv from sweeps/NAME.yaml. In the config, all optional:
#
#   minisim:
#     command: npx minisim     # how minisim is called
#     shards: 4                # of each recording and each sweep
#     threads: 1               # of each shard
#     work: .minisim           # where shards meet until they are finished; all nodes see it

MINISIM = {"command": "npx minisim", "shards": 4, "threads": 1, "work": ".minisim", **config.get("minisim", {})}
MINISIM_SHARDS = range(1, int(MINISIM["shards"]) + 1)


wildcard_constraints:
    minisim_name=r"[^/]+",
    minisim_shard=r"\d+",


# Shards go on with what an earlier run of the same spec has left; `retries` is for those that were told to stop (exit codes 75 and 76).
rule minisim_recording_shard:
    input:
        "specs/{minisim_name}.yaml",
    output:
        temp(touch(MINISIM["work"] + "/{minisim_name}.zarr.shard-{minisim_shard}")),
    params:
        command=MINISIM["command"],
        path=MINISIM["work"] + "/{minisim_name}.zarr",
        of=MINISIM["shards"],
    threads: MINISIM["threads"]
    retries: 2
    shell:
        "{params.command} simulate {input:q} -o {params.path:q} --shard {wildcards.minisim_shard}/{params.of}"
        " --workers {threads} --quiet"


# By its root document, and not as a directory(): Snakemake would put a file of its own into the recording.
rule minisim_recording:
    input:
        expand(MINISIM["work"] + "/{{minisim_name}}.zarr.shard-{shard}", shard=MINISIM_SHARDS),
    output:
        "recordings/{minisim_name}.zarr/zarr.json",
    params:
        command=MINISIM["command"],
        path=MINISIM["work"] + "/{minisim_name}.zarr",
        place="recordings/{minisim_name}.zarr",
    shell:
        "{params.command} finish {params.path:q} --quiet"
        " && rm -r {params.place:q} && mv {params.path:q} {params.place:q}"


rule minisim_sweep_shard:
    input:
        "sweeps/{minisim_name}.yaml",
    output:
        temp(touch(MINISIM["work"] + "/{minisim_name}.sweep.shard-{minisim_shard}")),
    params:
        command=MINISIM["command"],
        path=MINISIM["work"] + "/{minisim_name}.sweep",
        of=MINISIM["shards"],
        cache=MINISIM["work"] + "/cache",
    threads: MINISIM["threads"]
    retries: 2
    shell:
        "{params.command} sweep {input:q} -o {params.path:q} --cache {params.cache:q}"
        " --shard {wildcards.minisim_shard}/{params.of} --workers {threads} --quiet"


rule minisim_table:
    input:
        expand(MINISIM["work"] + "/{{minisim_name}}.sweep.shard-{shard}", shard=MINISIM_SHARDS),
    output:
        table="tables/{minisim_name}.csv",
        cells="tables/{minisim_name}.cells.csv",
    params:
        command=MINISIM["command"],
        path=MINISIM["work"] + "/{minisim_name}.sweep",
    shell:
        "{params.command} finish {params.path:q} --quiet"
        " && mv {params.path:q}/table.csv {output.table:q} && mv {params.path:q}/cells.csv {output.cells:q}"
        " && rm -r {params.path:q}"
