#!/bin/sh
/opt/cloudhsm/bin/cloudhsm_client /opt/cloudhsm/etc/cloudhsm_client.cfg >/tmp/cloudhsm_client.log 2>&1 &
sleep 5
exec java -Djava.library.path=/opt/cloudhsm/lib -jar /app/shop.jar
