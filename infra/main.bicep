import { defaults, schedule, scheduleSettings } from 'settings.bicep'
import { principal, retention } from 'types.bicep'

targetScope = 'subscription'

@description('Names the resource group and seeds every other name.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('A region that offers Flex Consumption: az functionapp list-flexconsumption-locations')
@metadata({ azd: { type: 'location' } })
param location string

@description('The API key. Empty: the secret is left as it is, so a redeployment never undoes a rotation.')
@secure()
param apiKey string = ''

@description('The queue that requests are posted to. The triggers and the platform read it, and the poison queue of that name, from settings without a section in their names.')
@minLength(3)
@maxLength(56)
param requestQueue string = 'api-requests'

@description('Scheduled requests, [{ name, cron, request, timeZone? }].')
param schedules schedule[] = []

// One object instead of an array of webhooks: their addresses hold tokens, and Bicep can keep an object secret but not an array.
@description('Settings by name, over the defaults of settings.bicep: { Quota__Limit: \'2000\', Alerts__Webhooks__0__Url: \'https://…\' }.')
@secure()
param settings object = {}

// The platform takes 1 to 1000 (40 to 1000 until early 2026) and counts on-demand instances for each function apart
// (azure-rest-api-specs#45083). It was once said to count them for the whole app (azure-functions-host#10523):
// 4, one for each function, is enough under either reading.
@description('Most instances at a time. One is plenty for 5,000 calls an hour; all of them share one quota.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 4

@description('Megabytes of an instance: what a second of running costs grows with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances that wait for requests and are paid for all the time; 0: the first request after a quiet time waits for a start.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

// A preview of the platform's, and not offered everywhere: docs/decisions/040-deployments-drain.md.
@description('RollingUpdate lets running calls end; Recreate, for regions that refuse it, cuts them off.')
@allowed(['RollingUpdate', 'Recreate'])
param siteUpdateStrategy string = 'RollingUpdate'

@description('Days after which blobs are deleted.')
param keepDays retention = { results: 30, deadLetters: 90, pageMarkers: 90, claimChecks: 400 }

@description('Gigabytes of logs a day, after which Log Analytics takes no more until the next day.')
@minValue(1)
param dailyLogQuotaGb int = 1

@description('E-mail addresses that hear of every alert rule.')
param alertEmails string[] = []

@description('Ids of action groups that exist already and are to hear of every alert rule.')
param alertActionGroupIds string[] = []

@description('A request that has waited so long on the queue is told. A backlog above the quota waits for hours without anything being wrong.')
param oldestWaiting string = '6h'

@description('Who may deploy code, operate, send requests, or set the key.')
param principals principal[] = []

@description('The address space of a virtual network of its own, a /24 or larger like 10.72.0.0/24, with storage that answers nobody outside of it. Empty: none.')
param privateNetwork string = ''

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)
var packageContainer = 'app-package'
var containers = ['api-requests', 'api-results', 'api-dead-letters', 'api-state']
var own = defaults(requestQueue)
var queues = [own.RequestQueue, own.PoisonQueue, own.Queues__Results, own.Queues__DeadLetters, own.Queues__Alerts]
var scheduled = [for (entry, i) in schedules: scheduleSettings(i, entry)]

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
    queues: queues
    containers: concat(containers, [packageContainer])
    keepDays: keepDays
    isPublic: empty(privateNetwork)
  }
}

module network 'modules/network.bicep' = if (!empty(privateNetwork)) {
  name: 'network'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    storageAccountName: storage.outputs.name
    addressPrefix: privateNetwork
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
    instanceMemoryMB: instanceMemoryMB
    alwaysReadyInstances: alwaysReadyInstances
    siteUpdateStrategy: siteUpdateStrategy
    subnetId: network.?outputs.appSubnetId ?? ''
    settings: union(own, reduce(scheduled, {}, (merged, next) => union(merged, next)), settings)
  }
}

module access 'modules/access.bicep' = {
  name: 'access'
  scope: group
  params: {
    principals: principals
    siteName: app.outputs.name
    storageAccountName: storage.outputs.name
    vaultName: vault.outputs.name
    workspaceName: monitoring.outputs.workspaceName
    requestQueue: requestQueue
    queues: queues
    containers: containers
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    storageAccountId: storage.outputs.id
    emails: alertEmails
    actionGroupIds: alertActionGroupIds
    oldestWaiting: oldestWaiting
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = app.outputs.name
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output AZURE_STORAGE_QUEUE_ENDPOINT string = storage.outputs.queueEndpoint
output AZURE_STORAGE_BLOB_ENDPOINT string = storage.outputs.blobEndpoint
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_OUTBOUND_ADDRESS string = network.?outputs.outboundAddress ?? ''
