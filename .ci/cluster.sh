#!/usr/bin/env bash
# A SLURM of one's own on the loopback interface, for `npm run test:cluster`: two nodes that are this machine, everything in one folder.
#   cluster.sh install      Debian's packages, where they are not there: apt and root
#   cluster.sh up DIR       starts it; the configuration is DIR/slurm.conf
#   cluster.sh down DIR     ends its jobs and its daemons
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

install() {
  command -v slurmctld >/dev/null && command -v slurmd >/dev/null && command -v sbatch >/dev/null &&
    command -v munged >/dev/null && return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends slurmctld slurmd slurm-client munge
}

up() {
  local port=${MINISIM_CLUSTER_PORT:-17320} host user node
  host=$(hostname -s)
  user=$(id -un)
  mkdir -p "$1"/{key,socket,state,spool/node1,spool/node2}
  # munged refuses a key that others can read, and a socket that they cannot reach.
  chmod 755 "$1" "$1/socket"
  chmod 700 "$1/key"
  (umask 077 && head -c 1024 /dev/urandom >"$1/key/munge.key")
  munged --key-file="$1/key/munge.key" --socket="$1/socket/munge" --pid-file="$1/key/pid" \
    --log-file="$1/key/log" --seed-file="$1/key/seed"
  # `cred_expire`: a job that was requeued waits as long before it may start again, two minutes unless told.
  # `config_overrides`: nodes have what is written here, whatever the machine has. `linuxproc` and cgroup/v1: no cgroups are needed.
  cat >"$1/slurm.conf" <<CONF
ClusterName=minisim
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$1/socket/munge,cred_expire=5
SlurmctldPidFile=$1/slurmctld.pid
SlurmdPidFile=$1/%n.pid
StateSaveLocation=$1/state
SlurmdSpoolDir=$1/spool/%n
SlurmctldLogFile=$1/slurmctld.log
SlurmdLogFile=$1/%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=0
# A node that the tests take down stays down until they let it up again.
ReturnToService=1
KillWait=5
SlurmdTimeout=10
NodeName=node1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=2 RealMemory=2000
NodeName=node2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 3)) CPUs=2 RealMemory=2000
PartitionName=main Nodes=node1,node2 Default=YES MaxTime=INFINITE State=UP
CONF
  echo "CgroupPlugin=cgroup/v1" >"$1/cgroup.conf"
  export SLURM_CONF=$1/slurm.conf
  slurmctld -c
  for node in node1 node2; do slurmd -N "$node"; done
  for _ in $(seq 300); do
    [ "$(sinfo --noheader --Node --states=idle --format=%N 2>/dev/null | wc -l)" = 2 ] && return
    sleep 0.1
  done
  echo "the nodes of the cluster did not come up:" >&2
  tail -n 20 "$1"/*.log >&2
  exit 1
}

down() {
  export SLURM_CONF=$1/slurm.conf
  timeout 10 scancel --user="$(id -un)" 2>/dev/null || true
  for _ in $(seq 100); do
    [ -z "$(timeout 5 squeue --noheader 2>/dev/null)" ] && break
    sleep 0.1
  done
  local file
  for file in "$1"/node1.pid "$1"/node2.pid "$1"/slurmctld.pid "$1"/key/pid; do
    if [ -s "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
  done
  # They have gone when they have removed the files with their numbers.
  for _ in $(seq 100); do
    [ -e "$1/node1.pid" ] || [ -e "$1/node2.pid" ] || [ -e "$1/slurmctld.pid" ] || break
    sleep 0.1
  done
}

case ${1:-} in
  install) install ;;
  up | down) "$1" "$(mkdir -p "$2" && cd "$2" && pwd -P)" ;;
  *) sed -n '2,5p' "$0" >&2; exit 2 ;;
esac
