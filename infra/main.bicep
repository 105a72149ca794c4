targetScope = 'subscription'

@description('Names the resource group and seeds every other name.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('A region that offers Flex Consumption: az functionapp list-flexconsumption-locations')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('The API key. Empty: the secret is left as it is, so a redeployment never undoes a rotation.')
@secure()
param apiKey string = ''

@description('The queue that requests are posted to. The triggers and the platform read it, and the poison queue of that name, from settings without a section in their names.')
@minLength(3)
@maxLength(56)
param requestQueue string = 'api-requests'

@description('Scheduled requests, [{ name, cron, request, timeZone? }]; request is a message as on the queue, an object or its JSON text.')
param schedules array = []

// One object instead of an array of webhooks: their addresses hold tokens, and Bicep can keep an object secret but not an array.
@description('Settings by name, over the defaults below: { Quota__Limit: \'2000\', Alerts__Webhooks__0__Url: \'https://…\' }.')
@secure()
param settings object = {}

// The platform takes 1 to 1000 (40 to 1000 until early 2026) and counts on-demand instances for each function apart
// (azure-rest-api-specs#45083). It was once said to count them for the whole app (azure-functions-host#10523):
// 4, one for each function, is enough under either reading.
@description('Most instances at a time. One is plenty for 5,000 calls an hour; all of them share one quota.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 4

@description('Gigabytes of logs a day, after which Log Analytics takes no more until the next day.')
@minValue(1)
param dailyLogQuotaGb int = 1

var tags = {
  'azd-env-name': environmentName
}
var token = uniqueString(subscription().id, environmentName, location)
var packageContainer = 'app-package'

// Every setting of the app but the key and what src/Functions needs from the platform (modules/app.bicep).
// An empty value counts as not set: the app's own default holds.
var defaults = {
  Api__BaseUrl: 'https://api.securityscorecard.io'
  Api__StatusPageUrl: 'https://status.securityscorecard.com'
  Api__SupportContact: ''
  Api__ProbePath: '/portfolios'
  Api__Scheme: 'Token'
  Api__KeyHeader: 'Authorization'
  Api__AllowedHeaders: ''
  Api__MaxResponseBytes: '8388608'
  Api__MaxPages: '500'
  RequestQueue: requestQueue
  PoisonQueue: '${requestQueue}-poison'
  Queues__Results: 'api-results'
  Queues__DeadLetters: 'api-dead-letters'
  Queues__Alerts: 'api-alerts'
  Resilience__AttemptTimeout: '00:00:10'
  Resilience__TotalTimeout: '00:00:45'
  Resilience__Retries: '3'
  Resilience__BaseDelay: '00:00:01'
  Resilience__BreakDuration: '00:00:30'
  Resilience__BreakerFailureRatio: '0.5'
  Resilience__BreakerMinimumThroughput: '10'
  Resilience__BreakerSamplingDuration: '00:01:00'
  Routing__MaxAttempts: '8'
  Routing__MaxRefusals: '20'
  Routing__MaxAge: '3.00:00:00'
  Routing__BaseDelay: '00:00:30'
  Routing__MaxDelay: '01:00:00'
  Quota__Limit: '5000'
  Quota__Window: '01:00:00'
  Quota__Reserve: '0.03'
  Quota__MaxRate: '20'
  Quota__PriorityShare: '0.1'
  Quota__UseHeaders: 'true'
  Alerts__RunbookUrl: 'docs/runbook.md'
  Alerts__DeadLettersPerHour: '10'
  Alerts__SilenceAfter: '01:00:00'
  Outage__Window: '00:05:00'
  Outage__MinimumCalls: '5'
  Outage__FailureRatio: '0.5'
  Outage__SustainedFor: '00:02:00'
  Outage__Reminder: '01:00:00'
}

var scheduleSettings = [for (schedule, i) in schedules: {
  'Schedules__${i}__Name': schedule.name
  'Schedules__${i}__Cron': schedule.cron
  'Schedules__${i}__TimeZone': schedule.?timeZone ?? 'UTC'
  'Schedules__${i}__Request': string(schedule.request)
}]

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-courier-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-courier-${token}'
    insightsName: 'appi-courier-${token}'
    location: location
    tags: tags
    dailyLogQuotaGb: dailyLogQuotaGb
    principalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    queues: [
      defaults.RequestQueue
      defaults.PoisonQueue
      defaults.Queues__Results
      defaults.Queues__DeadLetters
      defaults.Queues__Alerts
    ]
    containers: [
      'api-requests'
      'api-results'
      'api-dead-letters'
      'api-state'
      packageContainer
    ]
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    apiKey: apiKey
  }
}

// Its parameters come from modules that also grant the identity its roles, so the app is created after the grants.
module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-courier-${token}'
    planName: 'plan-courier-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    packageContainer: packageContainer
    insightsConnectionString: monitoring.outputs.connectionString
    apiKeyReference: vault.outputs.apiKeyReference
    maximumInstanceCount: maximumInstanceCount
    settings: union(defaults, reduce(scheduleSettings, {}, (merged, next) => union(merged, next)), settings)
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = app.outputs.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output AZURE_STORAGE_QUEUE_ENDPOINT string = storage.outputs.queueEndpoint
output AZURE_STORAGE_BLOB_ENDPOINT string = storage.outputs.blobEndpoint
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
