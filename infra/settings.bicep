// Every setting of the app but the key and what the host needs from the platform (modules/app.bicep).
// An empty value counts as not set: the app's own default holds.
@export()
@description('The app\'s defaults, by the settings\' environment names. The queues of the triggers stand in settings without a section: the platform resolves no others.')
func defaults(requestQueue string) object => {
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

@export()
@description('A request that is called by the clock. The message is one as on the queue, without id and delivery.')
type schedule = {
  name: string
  @description('Six fields: second minute hour day month weekday.')
  cron: string
  request: object
  @description('A name of the IANA database; UTC when absent.')
  timeZone: string?
}

@export()
@description('The app\'s settings for one schedule.')
func scheduleSettings(index int, entry schedule) object => {
  'Schedules__${index}__Name': entry.name
  'Schedules__${index}__Cron': entry.cron
  'Schedules__${index}__TimeZone': entry.?timeZone ?? 'UTC'
  'Schedules__${index}__Request': string(entry.request)
}
