import { roles } from '../roles.bicep'

param name string
param location string
param tags object
param principalId string

@secure()
param apiKey string

var secretName = 'api-key'

// Open to all networks: a Flex Consumption app cannot resolve references to a vault behind a firewall
// (https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#considerations).
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(apiKey)) {
  parent: vault
  name: secretName
  properties: {
    value: apiKey
  }
}

// On the one secret, not the vault. A grant needs its secret to exist, so it comes with the first key and then stays.
resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(apiKey)) {
  name: guid(vault.id, secretName, principalId, roles.keyVaultSecretsUser)
  scope: secret
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

output name string = vault.name
// Without a version, so that the app follows a rotation.
output apiKeyReference string = '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${secretName})'
