/**
 * Services that VPC Service Controls can restrict: generally available ones of
 * https://cloud.google.com/vpc-service-controls/docs/supported-products. `servicenetworking` is none of them.
 */
const SUPPORTED = `
  accessapproval adsdatahub aiplatform alloydb analyticshub anthosconfigmanagement apigee apigeeconnect apikeys appengine apphub
  artifactregistry assuredworkloads automl autoscaling backupdr baremetalsolution batch beyondcorp bigquery bigquerydatapolicy
  bigquerydatatransfer bigquerymigration bigqueryreservation bigtable binaryauthorization blockchainnodeengine certificatemanager
  cloudaicompanion cloudasset cloudbuild cloudcode clouddeploy clouderrorreporting cloudfunctions cloudkms cloudprofiler cloudquotas
  cloudresourcemanager cloudscheduler cloudsearch cloudsupport cloudtasks cloudtrace composer compute confidentialcomputing
  config connectgateway connectors contactcenteraiplatform contactcenterinsights container containeranalysis containerfilesystem
  containerregistry containersecurity containerthreatdetection contentwarehouse databaseinsights datacatalog dataflow dataform
  datafusion datalineage datamigration datapipelines dataplex dataproc datastream dialogflow discoveryengine dlp dns documentai
  domains earthengine edgecontainer essentialcontacts eventarc file financialservices firebaseappcheck firebasedataconnect
  firebaserules firestore gameservices gkebackup gkeconnect gkehub gkemulticloud gkeonprem healthcare iam iamcredentials iap
  iaptunnel identitytoolkit ids integrations kmsinventory krmapihosting language lifesciences livestream logging looker
  managedidentities memcache meshca meshconfig metastore microservices migrationcenter ml modelarmor monitoring netapp
  networkconnectivity networkmanagement networksecurity networkservices notebooks ondemandscanning opsconfigmonitoring orgpolicy
  osconfig oslogin parallelstore parametermanager policysimulator policytroubleshooter privateca privilegedaccessmanager
  publicca pubsub pubsublite rapidmigrationassessment recaptchaenterprise recommender redis retail run seclm secretmanager
  securesourcemanager securetoken securitycenter securitycentermanagement servicecontrol servicedirectory servicehealth
  spanner speakerid speech sqladmin ssh-serialport storage storagebatchoperations storageinsights storagetransfer sts
  telecomdatafabric texttospeech timeseriesinsights tpu trafficdirector transcoder translate videointelligence videostitcher
  vision visionai visualinspection vmmigration vmwareengine vpcaccess webrisk workflows workloadmanager workstations
`;

const qualified = (names: string): readonly string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${name}.googleapis.com`);

export const ALL_SUPPORTED_SERVICES: readonly string[] = qualified(SUPPORTED);

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
