#!/bin/sh
# Configures the client, starts it, waits until it is ready, then runs the application, which takes HSM_PARTITION, HSM_USER and HSM_PASSWORD from its environment.
set -eu
: "${HSM_IP:?the address of an HSM: aws cloudhsmv2 describe-clusters}" "${HSM_USER:?}" "${HSM_PASSWORD:?}"
home=${CLOUDHSM_HOME:-/opt/cloudhsm}
log=$(mktemp)

"$home/bin/configure" -a "$HSM_IP"
"$home/bin/cloudhsm_client" "$home/etc/cloudhsm_client.cfg" >"$log" 2>&1 &

left=${HSM_SECONDS:-60}
until grep -q 'libevmulti_init: Ready' "$log"; do
  if [ "$left" -le 0 ]; then
    echo "entrypoint.sh: the client of CloudHSM did not become ready" >&2
    cat "$log" >&2
    exit 1
  fi

  left=$((left - 1))
  sleep 1
done

if [ "$#" -eq 0 ]; then
  set -- java -Djava.library.path="$home/lib" -jar /app/shop.jar
fi

exec "$@"
