#!/usr/bin/env bash
#SBATCH --job-name=align
#SBATCH --array=0-15
#SBATCH --cpus-per-task=2
#SBATCH --mem=3G
#SBATCH --time=04:00:00
# One list of recordings over the tasks of a Slurm array, on a shared disk:
#
#     sbatch examples/slurm/batch.sh /shared/shows.csv /shared/subtitles
#
# Each task takes every 16th line; what is done and unchanged is skipped, so the same command again does the rest. Each
# part of the list lies beside the list, since names in a list are relative to its folder.
set -euo pipefail
list=$1 out=$2 task=$SLURM_ARRAY_TASK_ID count=$SLURM_ARRAY_TASK_COUNT
part=${list%.csv}.part-$task.csv
awk -v task="$task" -v count="$count" 'NR == 1 || (NR - 2) % count == task' "$list" >"$part"
if [ "$(wc -l <"$part")" -gt 1 ]; then
    align batch "$part" -o "$out/part-$task" --threads "${SLURM_CPUS_PER_TASK:-2}" --offline
fi
