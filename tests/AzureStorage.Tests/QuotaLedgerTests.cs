using Courier.Contracts;
using Courier.Storage;

namespace Courier.AzureStorage.Tests;

public sealed class QuotaLedgerTests(Azurite azurite) : QuotaLedgerContract
{
    protected override IBlobContainer NewContainer() => azurite.Account().Container(StorageFixture.NewName("ledger"));
}
