namespace Courier.Tests.Infrastructure;

/// <summary>What the templates are deployed with in tests.</summary>
internal static class Parameters
{
    public const string Tenant = "00000000-0000-0000-0000-000000000002";
    public const string Subscription = "00000000-0000-0000-0000-000000000001";
    public const string Key = "k3y-that-must-stay-secret";
    public const string Webhook = "https://hooks.test/s3cret";

    public const string Least = $"param environmentName = 'test'\nparam location = 'westeurope'\nparam apiKey = '{Key}'\n";

    public const string Full = Least + $$"""
        param settings = { Alerts__Webhooks__0__Url: '{{Webhook}}' }
        param schedules = [{ name: 'scores', cron: '0 0 6 * * *', request: { method: 'GET', path: '/portfolios' } }]
        param alwaysReadyInstances = 1
        param siteUpdateStrategy = 'Recreate'
        param alertEmails = ['somebody@example.com']
        param alertActionGroupIds = ['/subscriptions/s/resourceGroups/g/providers/Microsoft.Insights/actionGroups/on-call']
        param privateNetwork = '10.72.0.0/24'
        param principals = [
          { id: '10000000-0000-0000-0000-000000000000', type: 'ServicePrincipal', role: 'deployer' }
          { id: '20000000-0000-0000-0000-000000000000', type: 'Group', role: 'operator' }
          { id: '30000000-0000-0000-0000-000000000000', type: 'User', role: 'sender' }
          { id: '40000000-0000-0000-0000-000000000000', type: 'User', role: 'keyKeeper' }
          { id: '', type: 'User', role: 'operator' }
        ]
        """;

    /// <summary>Not a deployment: what the functions of settings.bicep return.</summary>
    public const string SettingsProbe = """
        import { defaults, scheduleSettings } from 'settings.bicep'
        targetScope = 'subscription'
        output defaults object = defaults('api-requests')
        output other object = defaults('others')
        output inUtc object = scheduleSettings(0, { name: 'scores', cron: '0 0 6 * * *', request: { method: 'GET', path: '/portfolios' } })
        output elsewhere object = scheduleSettings(1, { name: 'scores', cron: '0 0 6 * * *', timeZone: 'Europe/Vienna', request: { method: 'GET', path: '/portfolios' } })
        """;
}
