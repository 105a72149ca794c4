using Courier.Messages;
using Courier.Operations.Accounting;
using Courier.Origin;
using Courier.Processing;
using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Processes;

/// <summary>The conservation check, as <c>courier check</c> makes it.</summary>
public static class Accounts
{
    /// <param name="received">Ids of the results that were taken off their queue.</param>
    public static async Task<Account> OfAsync(CourierStorage storage, IEnumerable<string> accepted, IEnumerable<string> received)
    {
        EnvelopeReader reader = new(Options.Create(new ApiOptions { Key = "not-needed-to-read" }));
        return Account.Of(accepted, (await new TraceReader(storage, new BatchBook(storage), reader).ReadAsync(CancellationToken.None)).With(received));
    }
}
