// What people and pipelines may do, each in a role of their own: the table is in infra/README.md.
import { roles } from '../roles.bicep'
import { principal } from '../types.bicep'

param principals principal[]
param siteName string
param storageAccountName string
param vaultName string
param workspaceName string
param requestQueue string
param queues string[]
param containers string[]

var named = filter(principals, one => !empty(one.id))
var operators = filter(named, one => one.role == 'operator')

// One grant for each operator and each queue or container: the package's container is not among them, because who can write it can change the code.
var onQueues = flatten(map(operators, one => map(queues, queue => { principal: one, on: queue })))
var onContainers = flatten(map(operators, one => map(containers, container => { principal: one, on: container })))

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: siteName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName

  resource queueService 'queueServices' existing = {
    name: 'default'
  }

  resource blobService 'blobServices' existing = {
    name: 'default'
  }
}

resource storageQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' existing = [
  for grant in onQueues: {
    parent: account::queueService
    name: grant.on
  }
]

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = [
  for grant in onContainers: {
    parent: account::blobService
    name: grant.on
  }
]

resource requests 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' existing = {
  parent: account::queueService
  name: requestQueue
}

resource operatorsOnQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onQueues: {
    name: guid(storageQueues[i].id, grant.principal.id, roles.storageQueueDataContributor)
    scope: storageQueues[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataContributor)
      principalId: grant.principal.id
      principalType: grant.principal.type
    }
  }
]

resource operatorsOnContainers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in onContainers: {
    name: guid(blobContainers[i].id, grant.principal.id, roles.storageBlobDataContributor)
    scope: blobContainers[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
      principalId: grant.principal.id
      principalType: grant.principal.type
    }
  }
]

resource operatorsOnLogs 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in operators: {
    name: guid(workspace.id, one.id, roles.logAnalyticsReader)
    scope: workspace
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.logAnalyticsReader)
      principalId: one.id
      principalType: one.type
    }
  }
]

resource senders 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in filter(named, one => one.role == 'sender'): {
    name: guid(requests.id, one.id, roles.storageQueueDataMessageSender)
    scope: requests
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataMessageSender)
      principalId: one.id
      principalType: one.type
    }
  }
]

resource deployers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in filter(named, one => one.role == 'deployer'): {
    name: guid(site.id, one.id, roles.websiteContributor)
    scope: site
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.websiteContributor)
      principalId: one.id
      principalType: one.type
    }
  }
]

resource keyKeepers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in filter(named, one => one.role == 'keyKeeper'): {
    name: guid(vault.id, one.id, roles.keyVaultSecretsOfficer)
    scope: vault
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
      principalId: one.id
      principalType: one.type
    }
  }
]
