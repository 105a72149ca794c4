namespace Courier.LocalHost.Demo;

/// <param name="IsPoison">Posted where the host puts what it gave up.</param>
/// <param name="Pages">So many are settled in the end, each under an id of its own.</param>
internal sealed record DemoRequest(string Id, string Message, bool IsPoison = false, int Pages = 1)
{
    public IEnumerable<string> Ids => [Id, .. Enumerable.Range(2, Pages - 1).Select(page => $"{Id}~{page}")];
}
