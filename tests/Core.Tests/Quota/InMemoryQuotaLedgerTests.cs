using Courier.Contracts;
using Courier.Storage;

namespace Courier.Tests.Quota;

public sealed class InMemoryQuotaLedgerTests : QuotaLedgerContract
{
    protected override IBlobContainer NewContainer() => new InMemoryContainer("api-state");
}
