using System.Globalization;
using System.Text.Json;
using Courier.Storage;
using Courier.Writing;

namespace Courier.Operations.Audit;

/// <summary>Who did what, when and why: a blob each, below <c>audit/</c>, so that nobody's entry is in another's way.</summary>
public sealed class AuditLog(CourierStorage storage, TimeProvider time)
{
    private const string Folder = "audit/";
    private const int LongestWhat = 4000;

    public Task WriteAsync(Operator who, string action, string what, int? count, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        AuditEntry entry = new(now, who.Name, action, BoundedText.Of(what, LongestWhat), count, who.Why);
        string blob = string.Create(CultureInfo.InvariantCulture, $"{Folder}{now.UtcDateTime:yyyy-MM-dd/HHmmssfff}-{Guid.CreateVersion7(now):N}.json");
        return storage.State.WriteAsync(blob, JsonSerializer.SerializeToUtf8Bytes(entry, OperationsJson.Format.AuditEntry), "application/json", cancellationToken);
    }

    /// <summary>The oldest first.</summary>
    public IAsyncEnumerable<AuditEntry> ReadAsync(CancellationToken cancellationToken) =>
        storage.State.ListAsync(Folder, cancellationToken).SelectAsync(name => ReadAsync(name, cancellationToken), 16, cancellationToken).Where(entry => entry is not null).Select(entry => entry!);

    private async Task<AuditEntry?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await storage.State.ReadAsync(name, cancellationToken) is { } blob ? Readable.Parse(blob, OperationsJson.Format.AuditEntry) : null;
}
