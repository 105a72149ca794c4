#!/usr/bin/env bash
# cron 4.4.0 (npm, of kelektiv). Seen 2026-11-29.
# Daily jobs over the night in which the clocks go back: from 3:00 to 2:00 in Vienna, from 2:00 to 1:00 in New York.
# Expected: each runs once, at its time; a job within the repeated hour once or twice, as other libraries do it. 3:00 (New York: 2:00) comes
# after that hour and exists once only.
# Seen: the job for 3:00 runs at the second 2:00, when no clock shows 3, and an hour later once more; the one for 3:30 at 2:30 and 3:30. In
# New York it is the job for 2:00. The hour before and the hour after are right. The running job does it, not only the list of dates.
# What follows: a nightly job in the hour after the repeated one is made for two runs, or put an hour later.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cron@4.4.0
cat > finding.mjs <<'JS'
import { mock } from 'node:test';
mock.timers.enable({ apis: ['setTimeout', 'Date'], now: new Date('2026-10-24T18:00:00Z') });
const { CronJob } = await import('cron');

const runs = [];
function daily(zone, minute, hour) {
  const onTick = () => runs.push(`${zone}, daily at ${hour}:${minute}: run at ${new Date().toLocaleTimeString('en-GB', { timeZone: zone, timeStyle: 'short' })}`);
  return CronJob.from({ cronTime: `${minute} ${hour} * * *`, timeZone: zone, start: true, onTick });
}
function pass(hours) {
  for (let minute = 0; minute < hours * 60; minute++) mock.timers.tick(60000);
}

const vienna = [daily('Europe/Vienna', '30', 2), daily('Europe/Vienna', '00', 3), daily('Europe/Vienna', '30', 3), daily('Europe/Vienna', '00', 4)];
pass(14);
vienna.forEach(job => job.stop());
mock.timers.setTime(Date.parse('2026-10-31T18:00:00Z'));
const york = [daily('America/New_York', '00', 2), daily('America/New_York', '00', 3)];
pass(16);
york.forEach(job => job.stop());
runs.forEach(run => console.log(run));
JS
cat > expected <<'TEXT'
Europe/Vienna, daily at 2:30: run at 02:30
Europe/Vienna, daily at 3:00: run at 02:00
Europe/Vienna, daily at 3:30: run at 02:30
Europe/Vienna, daily at 3:00: run at 03:00
Europe/Vienna, daily at 3:30: run at 03:30
Europe/Vienna, daily at 4:00: run at 04:00
America/New_York, daily at 2:00: run at 01:00
America/New_York, daily at 2:00: run at 02:00
America/New_York, daily at 3:00: run at 03:00
TEXT

TZ=UTC node --no-warnings finding.mjs | tee seen
diff expected seen && echo "as found"
