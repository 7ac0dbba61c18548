/**
 * Services that VPC Service Controls can restrict. Source: the restricted services of Google's own landing zone, Cloud Foundation Fabric
 * (fast/stages/1-vpcsc, read at its commit of 2026-07-21), and `iamcredentials` of
 * https://cloud.google.com/vpc-service-controls/docs/supported-products. `servicenetworking` cannot be restricted.
 */
const SUPPORTED = `
  accessapproval adsdatahub aiplatform apigee apigeeconnect artifactregistry assuredworkloads automl bigquery bigquerydatatransfer
  bigtable binaryauthorization cloudasset cloudbuild cloudfunctions cloudkms cloudprofiler cloudresourcemanager cloudsearch
  cloudtrace composer compute connectgateway contactcenterinsights container containeranalysis containerregistry
  containerthreatdetection datacatalog dataflow datafusion dataproc datastream dialogflow dlp dns documentai eventarc file
  gameservices gkeconnect gkehub healthcare iam iamcredentials iaptunnel language lifesciences logging managedidentities memcache
  meshca metastore ml monitoring networkconnectivity networkmanagement networksecurity networkservices notebooks opsconfigmonitoring
  osconfig oslogin privateca pubsub pubsublite recaptchaenterprise recommender redis run secretmanager servicecontrol
  servicedirectory spanner speakerid speech sqladmin storage storagetransfer texttospeech tpu trafficdirector transcoder translate
  videointelligence vision vpcaccess
`;

/**
 * Services that are restrictable by what we know of the same page, but that no second source confirms. A list may name them; "all" leaves
 * them out, because one name that Google does not take fails the whole perimeter.
 */
const UNCONFIRMED = `
  alloydb analyticshub anthosconfigmanagement apikeys appengine apphub autoscaling backupdr baremetalsolution batch beyondcorp
  bigquerydatapolicy bigquerymigration bigqueryreservation blockchainnodeengine certificatemanager cloudaicompanion cloudcode
  clouddeploy clouderrorreporting cloudquotas cloudscheduler cloudsupport cloudtasks confidentialcomputing config connectors
  contactcenteraiplatform containerfilesystem containersecurity contentwarehouse databaseinsights dataform datalineage datamigration
  datapipelines dataplex discoveryengine domains earthengine edgecontainer essentialcontacts financialservices firebaseappcheck
  firebasedataconnect firebaserules firestore gkebackup gkemulticloud gkeonprem iap identitytoolkit ids integrations kmsinventory
  krmapihosting livestream looker meshconfig microservices migrationcenter modelarmor netapp ondemandscanning orgpolicy
  parallelstore parametermanager policysimulator policytroubleshooter privilegedaccessmanager publicca rapidmigrationassessment
  retail seclm securesourcemanager securetoken securitycenter securitycentermanagement servicehealth ssh-serialport
  storagebatchoperations storageinsights sts telecomdatafabric timeseriesinsights videostitcher visionai visualinspection
  vmmigration vmwareengine webrisk workflows workloadmanager workstations
`;

const qualified = (names: string): readonly string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${name}.googleapis.com`);

export const ALL_SUPPORTED_SERVICES: readonly string[] = qualified(SUPPORTED);

/** What a list of services may name. */
export const KNOWN_SERVICES: readonly string[] = [...ALL_SUPPORTED_SERVICES, ...qualified(UNCONFIRMED)];

/**
 * What a model gateway keeps data in or reaches data through. The key that encrypts something and the logs that describe it leave by other
 * doors than the thing itself, so they are restricted together.
 */
export const GATEWAY_SERVICES: readonly string[] = qualified(`
  aiplatform artifactregistry cloudkms cloudresourcemanager compute dns iam iamcredentials logging monitoring pubsub run
  secretmanager sqladmin storage
`);

/** Binary Authorization reads what Container Analysis keeps: one inside without the other denies every deploy. */
export const INSEPARABLE: readonly (readonly [service: string, needs: string])[] = [
  ['binaryauthorization.googleapis.com', 'containeranalysis.googleapis.com'],
];

/** To Google, in a list of accessible services: those that are restricted. */
export const RESTRICTED_SERVICES = 'RESTRICTED-SERVICES';

/** The method that VPC Service Controls logs and checks when a Cloud Run service is called at its `run.app` address. */
export const CLOUD_RUN_CALL = { service: 'run.googleapis.com', method: 'run.googleapis.com/HttpIngress' } as const;
