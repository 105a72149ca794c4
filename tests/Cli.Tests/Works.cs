using Courier.AzureStorage;
using Courier.Contracts;
using Microsoft.Extensions.Options;

namespace Courier.Cli.Tests;

/// <summary>A Courier on the emulator, beside which the tool is run.</summary>
internal static class Works
{
    public static TestCourier Create(Azurite azurite, Func<string, int> answer, params (string Key, string Value)[] settings)
    {
        TestCourier courier = new(new CourierSetup
        {
            Time = TimeProvider.System,
            Storage = new StorageAccount(Options.Create(new StorageAccountOptions { ConnectionString = azurite.ConnectionString })),
        }.With(("Quota:Limit", "100000"), ("Quota:MaxRate", "1000")).With(settings));
        courier.Api.Answer = answer;
        return courier;
    }

    /// <summary>Takes what is on the queue, many at a time, until nothing comes for a while.</summary>
    public static Task DrainAsync(this TestCourier courier, TimeSpan patience) => courier.WorkAsync(patience, CancellationToken.None);

    /// <inheritdoc cref="DrainAsync"/>
    /// <param name="until">Ends it before.</param>
    public static async Task WorkAsync(this TestCourier courier, TimeSpan patience, CancellationToken until)
    {
        long last = TimeProvider.System.GetTimestamp();
        while (!until.IsCancellationRequested && TimeProvider.System.GetElapsedTime(last) < patience)
        {
            IReadOnlyList<Storage.QueuedMessage> messages = await courier.Storage.Requests.ReceiveAsync(32, TimeSpan.FromMinutes(5), CancellationToken.None);
            if (messages.Count > 0)
                last = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(messages.Select(courier.ProcessAsync));
            if (messages.Count == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }
}
