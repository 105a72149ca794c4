// What tells a person when Courier cannot do so itself. The queries are files of their own, so that a test parses them and a person can run them.
param token string
param location string
param tags object
param workspaceId string
param storageAccountId string

@description('E-mail addresses that hear of every rule.')
param emails string[]

@description('Ids of action groups that exist already.')
param actionGroupIds string[]

@description('A request that has waited so long is told.')
param oldestWaiting string

type logRule = {
  name: string
  says: string
  query: string
  severity: int
  @description('The time that one look is about.')
  window: string
  @description('An event, told anew at each look that finds one; else a state, told once and resolved by itself.')
  isEvent: bool
}

var logRules logRule[] = [
  {
    name: 'heartbeat'
    says: 'The timer WatchHealth has not run for ten minutes: Courier does not run, or no log arrives.'
    query: loadTextContent('../queries/alerts/heartbeat.kql')
    severity: 1
    window: 'PT10M'
    isEvent: false
  }
  {
    name: 'alert-critical'
    says: 'Courier raised a critical alert, like an outage of the API, a refused key, or silence.'
    query: loadTextContent('../queries/alerts/alert-critical.kql')
    severity: 1
    window: 'PT5M'
    isEvent: true
  }
  {
    name: 'alert-warning'
    says: 'Courier raised a warning.'
    query: loadTextContent('../queries/alerts/alert-warning.kql')
    severity: 2
    window: 'PT5M'
    isEvent: true
  }
  {
    name: 'oldest-waiting'
    says: 'A request has waited on the queue for longer than ${oldestWaiting}.'
    query: replace(loadTextContent('../queries/alerts/oldest-waiting.kql'), '{oldestWaiting}', oldestWaiting)
    severity: 2
    window: 'PT15M'
    isEvent: false
  }
  {
    name: 'poison'
    says: 'Messages lie on the poison queue and do not become dead letters.'
    query: loadTextContent('../queries/alerts/poison.kql')
    severity: 1
    window: 'PT15M'
    isEvent: false
  }
  {
    name: 'key-reference'
    says: 'The app cannot read the API key from the Key Vault, and does not start.'
    query: loadTextContent('../queries/alerts/key-reference.kql')
    severity: 1
    window: 'PT15M'
    isEvent: false
  }
  {
    name: 'workspace-cap'
    says: 'The workspace has reached its daily cap: until tomorrow no log arrives, and no other rule on logs can fire.'
    query: loadTextContent('../queries/alerts/workspace-cap.kql')
    severity: 2
    window: 'PT15M'
    isEvent: false
  }
]

var runbook = 'docs/runbook.md, "Alert rules in Azure Monitor"'

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-courier-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'courier'
    enabled: true
    emailReceivers: [
      for email in emails: {
        name: email
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource onLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in logRules: {
    name: 'courier-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Courier: ${rule.name}'
      description: '${rule.says} ${runbook}.'
      enabled: true
      severity: rule.severity
      scopes: [
        workspaceId
      ]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      autoMitigate: !rule.isEvent
      skipQueryValidation: true // a new workspace does not know the tables before their first row
      actions: {
        actionGroups: concat([group.id], actionGroupIds)
      }
    }
  }
]

resource storageAvailability 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'courier-storage-availability'
  location: 'global'
  tags: tags
  properties: {
    description: 'The storage account fails for more than one request in a hundred: Courier waits and repeats. ${runbook}.'
    enabled: true
    severity: 1
    scopes: [
      storageAccountId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'availability'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Availability'
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: 99
        }
      ]
    }
    autoMitigate: true
    actions: concat([{ actionGroupId: group.id }], map(actionGroupIds, id => { actionGroupId: id }))
  }
}
