using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Courier.Messages;

namespace Courier.Quota;

/// <summary>
/// Proves that Courier gave a slot to this request: an HMAC with the ledger's own key, which leaves the state container nowhere. A slot ahead of
/// the line is a moment that was right under the limit of that time; under another limit it proves nothing.
/// </summary>
internal static class SlotSeal
{
    private const int Length = 16;

    public static Slot Sealed(this LedgerState ledger, Slot slot, string id, QuotaOptions quota) => slot with { Seal = Of(ledger.Key, slot, id, quota) };

    public static bool IsGenuine(this LedgerState ledger, Slot slot, string id, QuotaOptions quota) =>
        slot.Seal is { } seal && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(seal), Encoding.ASCII.GetBytes(Of(ledger.Key, slot, id, quota)));

    private static string Of(string key, Slot slot, string id, QuotaOptions quota)
    {
        string terms = slot.Lane == SlotLane.Ahead ? string.Create(CultureInfo.InvariantCulture, $"{quota.Limit}/{quota.Window.Ticks}") : "";
        byte[] hash = HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{slot.Lane} {slot.Number} {terms} {id}")));
        return Convert.ToHexStringLower(hash.AsSpan(0, Length));
    }
}
