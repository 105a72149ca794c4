// The plots of Courier's own page, out of the logs. Each query is a file of its own, so that a test parses it and a person can run it.
param token string
param location string
param tags object
param workspaceId string

var plots = [
  {
    name: 'settled'
    title: 'What became of requests'
    chart: 'barchart'
    query: loadTextContent('../queries/plots/settled.kql')
  }
  {
    name: 'calls'
    title: 'Calls in the rolling hour, and the quota'
    chart: 'linechart'
    query: loadTextContent('../queries/plots/quota.kql')
  }
  {
    name: 'backlog'
    title: 'Messages on each queue'
    chart: 'linechart'
    query: loadTextContent('../queries/plots/backlog.kql')
  }
  {
    name: 'age'
    title: 'How long requests wait at the most, in minutes: the next one, and those that were handled'
    chart: 'linechart'
    query: loadTextContent('../queries/plots/age.kql')
  }
  {
    name: 'duration'
    title: 'How long calls take: median, 95th and 99th percentile'
    chart: 'linechart'
    query: loadTextContent('../queries/plots/duration.kql')
  }
  {
    name: 'deadLetters'
    title: 'Dead letters by reason'
    chart: 'barchart'
    query: loadTextContent('../queries/plots/dead-letters.kql')
  }
  {
    name: 'forecast'
    title: 'When the backlog will be gone, as last said'
    chart: 'table'
    query: loadTextContent('../queries/plots/forecast.kql')
  }
  { name: 'alerts', title: 'Alerts', chart: 'table', query: loadTextContent('../queries/plots/alerts.kql') }
]

var timeRange = {
  type: 9
  name: 'time'
  content: {
    version: 'KqlParameterItem/1.0'
    parameters: [
      {
        id: guid('courier', 'time range')
        version: 'KqlParameterItem/1.0'
        name: 'TimeRange'
        type: 4
        isRequired: true
        value: {
          durationMs: 86400000
        }
        typeSettings: {
          selectableValues: [
            { durationMs: 3600000 }
            { durationMs: 14400000 }
            { durationMs: 86400000 }
            { durationMs: 604800000 }
          ]
          allowCustom: true
        }
      }
    ]
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, token, 'courier workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Courier'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      fallbackResourceIds: [
        workspaceId
      ]
      items: concat(
        [timeRange],
        map(plots, plot => {
          type: 3
          name: plot.name
          content: {
            version: 'KqlItem/1.0'
            title: plot.title
            query: plot.query
            queryType: 0
            resourceType: 'microsoft.operationalinsights/workspaces'
            visualization: plot.chart
            timeContextFromParameter: 'TimeRange'
            size: 0
          }
        })
      )
    })
  }
}
