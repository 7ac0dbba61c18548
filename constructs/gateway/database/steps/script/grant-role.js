#!/usr/bin/env node
// @ts-check
'use strict';

/**
 * Makes a database user a member of a role, as GW_STEP says. Needs Node 20.9, nothing else. google 6.50 cannot (`database_roles` of
 * google_sql_user came later). Running it again changes nothing: roles are added, never taken away.
 */

const { ApiError, Failure } = require('../../../../vertex-endpoint/reconciler/script/errors');
const { say } = require('../../../../vertex-endpoint/reconciler/script/output');
const { demandParent, runProgram } = require('../../../../vertex-endpoint/reconciler/script/program');
const { baseOf } = require('../../../../vertex-endpoint/reconciler/script/settings');
const { connect, stepOf } = require('./step');

const HELP = `Usage: GW_STEP='{"instance":"projects/P/instances/I","user":"NAME","role":"cloudsqlsuperuser"}' node grant-role.cjs

Makes a user of a Cloud SQL instance a member of a database role.

Environment:
  GW_STEP                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_SQL_CUSTOM_ENDPOINT          base of the API, as for the Terraform provider
  GW_POLL_SECONDS                     seconds between two looks (5)
  GW_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed.`;

const FIELDS = { instance: /^projects\/[^/]+\/instances\/[^/]+$/, user: /^\S+$/, role: /^[a-z_]+$/ };
/** An update of a user takes seconds; one behind another operation on the instance takes as long as that. */
const MINUTES = 30;

/** @param {{instance: string, user: string, role: string, billingProject?: string}} step */
async function toTheEnd({ instance, user, role, billingProject }) {
  const api = connect(baseOf('GOOGLE_SQL_CUSTOM_ENDPOINT', 'https://sqladmin.googleapis.com/sql/v1beta4/', ''), billingProject);
  const path = `${instance}/users?name=${encodeURIComponent(user)}&databaseRoles=${role}`;
  for (let tries = 1; ; tries++) {
    try {
      demandParent();
      const operation = await api.request('PUT', path, {});
      await ended(api, `${instance.split('/').slice(0, 2).join('/')}/operations/${operation.name}`);
      return say(`${user} is a member of ${role}.`);
    } catch (error) {
      await api.pauseOrThrow(error, tries);
    }
  }
}

/** @param {import('./step').Client} api @param {string} name */
async function ended(api, name) {
  const start = performance.now();
  for (;;) {
    const operation = await api.read(name);
    const reason = operation.error?.errors?.[0]?.message;
    if (operation.status === 'DONE' && reason) throw new Failure(`The role could not be granted: ${reason}`);
    if (operation.status === 'DONE') return;
    if (performance.now() - start > MINUTES * 60_000)
      throw new Failure(`${name} still runs after ${MINUTES} minutes. Apply again later: granting twice changes nothing.`);
    await api.poll();
  }
}

/** @param {ApiError} error */
function adviceOn({ status }) {
  if (status === 401) return 'The access token was rejected: renew GOOGLE_OAUTH_ACCESS_TOKEN or run gcloud auth login.';
  if (status === 403) return 'The deploying identity needs cloudsql.users.update (roles/cloudsql.admin) on the project.';
  if (status === 404) return 'The instance or the user is not there: has somebody deleted it?';
  return 'The message is the service’s own.';
}

async function run() {
  try {
    await toTheEnd(stepOf(FIELDS));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Failure(`${error.message}\n${adviceOn(error)} Apply again to resume.`);
  }
}

module.exports = { finished: runProgram({ help: HELP, stopped: 'Stopped. The next apply does it again.', run }) };
