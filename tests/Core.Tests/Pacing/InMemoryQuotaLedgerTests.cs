using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Pacing;

public sealed class InMemoryQuotaLedgerTests : QuotaLedgerContract
{
    protected override IBlobContainer NewContainer() => new InMemoryContainer("api-state");
}
