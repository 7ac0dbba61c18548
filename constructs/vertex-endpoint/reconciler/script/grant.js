#!/usr/bin/env node
// @ts-check
'use strict';

/**
 * Gives one member one role on one Vertex AI endpoint, or takes it away, as VX_SPEC says (its form: ../grant-spec.ts). Needs Node 20.9,
 * nothing else.
 *
 * A policy is only ever written over the very one that was read (its etag), and read again before the next try: so runs side by side, and
 * people at a console, do not undo each other, and a write whose answer was lost is seen, not repeated.
 */

const { advice, ApiError, Failure } = require('./errors');
const { connect } = require('./api');
const { say } = require('./output');
const { withMember, withoutMember } = require('./policy');
const { demandParent, runProgram } = require('./program');
const { problemsOfNames, specOf } = require('./variable');

/** @typedef {import('../grant-spec').GrantSpec} GrantSpec */

const HELP = `Usage: VX_SPEC='{"mode":"grant","endpoint":"projects/…","role":"roles/…","member":"serviceAccount:…"}' node grant.js [--dry-run]

Gives a member a role on one Vertex AI endpoint, or takes it away (mode "revoke"). Other members and roles stay as they are.
  --dry-run   print what would be done, change nothing
  --help      this text

Environment:
  VX_SPEC                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT    base of the API, as for the Terraform provider; of its v1 the v1beta1 is taken
  VX_POLL_SECONDS                     retries wait 1/10 to 6 times as long (10)
  VX_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed.`;

/** Policies of endpoints are not in v1: discovery document of the API, revision 20261106. */
const VERSION = 'v1beta1';
/** An account or a pool that was just made is unknown to IAM for some seconds; a misspelt one for ever. */
const TRIES_FOR_NEW_MEMBERS = 6;

/** @param {any} spec */
function problemsOf(spec) {
  const { mode, role, member } = spec;
  if (mode !== 'grant' && mode !== 'revoke') return [`mode is ${JSON.stringify(mode)}; allowed: "grant", "revoke"`];
  const problems = problemsOfNames(spec, ['mode', 'endpoint', 'role', 'member', 'billingProject']);
  if (!/^((projects|organizations)\/[^/]+\/)?roles\/[\w.]+$/.test(role ?? ''))
    problems.push(`role is ${JSON.stringify(role)}; it must be roles/NAME, or projects/P/roles/ID`);
  if (!/^[a-zA-Z]+:\S+$/.test(member ?? '')) problems.push(`member is ${JSON.stringify(member)}; it must be KIND:NAME`);
  return problems;
}

/** @param {GrantSpec} spec @param {boolean} dryRun */
async function toTheEnd(spec, dryRun) {
  const api = connect(spec, VERSION);
  const { mode, endpoint, role, member } = spec;
  for (let tries = 1; ; tries++) {
    try {
      // Version 3, or bindings with a condition come back without it.
      const policy = await api.read(`${endpoint}:getIamPolicy?options.requestedPolicyVersion=3`, 'POST');
      const wanted = mode === 'grant' ? withMember(policy, role, member) : withoutMember(policy, role, member);
      if (!wanted) return say(`${role} on ${endpoint}: ${member} ${mode === 'grant' ? 'has it' : 'does not have it'}. Nothing to do.`);
      say(`${mode} ${role} on ${endpoint}: ${member}`);
      if (dryRun) return say('Dry run: nothing was changed.');
      demandParent();
      await api.request('POST', `${endpoint}:setIamPolicy`, { policy: wanted });
      return say('Done.');
    } catch (error) {
      if (error instanceof ApiError) {
        if (error.status === 404 && mode === 'revoke') return say('The endpoint is not there, and so is no policy: nothing to do.');
        if (error.status === 400 && /does not exist/i.test(error.message)) error.passing = tries < TRIES_FOR_NEW_MEMBERS;
      }
      await api.pauseOrThrow(error, tries);
    }
  }
}

/** @param {ApiError} error */
function adviceOn(error) {
  if (error.status === 400 && /does not exist/i.test(error.message))
    return 'The member must exist first: check its name, and that what makes it is deployed.';
  if (error.status === 403)
    return 'The deploying identity needs aiplatform.endpoints.getIamPolicy and .setIamPolicy on the project (roles/aiplatform.admin).';
  if (error.status === 404) return 'Deploy the stack of the endpoint first.';
  return advice(error);
}

/** @param {string[]} args */
async function run(args) {
  const spec = specOf(process.env.VX_SPEC, 'who gets which role on which endpoint', problemsOf);
  try {
    await toTheEnd(spec, args.includes('--dry-run'));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Failure(`${error.message}\n${adviceOn(error)} Apply again to resume.`);
  }
}

/** Settles when the run is over; `process.exitCode` says how. */
module.exports = { finished: runProgram({ help: HELP, stopped: 'Stopped. The next apply looks again.', run }) };
