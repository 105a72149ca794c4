using Courier.Storage;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Infrastructure;

/// <summary>The storage account holds what the code asks for, for as long as it is needed.</summary>
[Collection(nameof(Templates))]
public sealed class StorageTests(Templates templates)
{
    private const string Package = "app-package";

    [Fact]
    public void Every_queue_and_container_of_the_code_is_deployed_and_no_other()
    {
        NamedStorage names = new();
        _ = new CourierStorage(names, Options.Create(new QueueOptions()));

        Assert.Equal(names.Queues.Order(), templates.Least.Names("Microsoft.Storage/storageAccounts/queueServices/queues").Order());
        Assert.Equal(names.Containers.Append(Package).Order(), templates.Least.Names("Microsoft.Storage/storageAccounts/blobServices/containers").Order());
    }

    [Fact]
    public void State_that_instances_share_is_never_deleted() =>
        Assert.DoesNotContain(Rules(), rule => rule.Prefix.StartsWith("api-state", StringComparison.Ordinal) || rule.Prefix.StartsWith(Package, StringComparison.Ordinal));

    [Fact]
    public void Claim_checks_outlive_the_longest_wait_of_a_request()
    {
        Assert.Equal(
            [("api-dead-letters/", 90), ("api-requests/", 400), ("api-requests/pages/", 90), ("api-results/", 30)],
            Rules().OrderBy(rule => rule.Prefix, StringComparer.Ordinal));
        Assert.True(Rules().Single(rule => rule.Prefix == "api-requests/").Days > 366, "a request may wait for a year");
    }

    [Fact]
    public void Private_network_leaves_storage_to_its_endpoints()
    {
        Assert.Equal("Enabled", Access(templates.Least));
        Assert.Empty(templates.Least.Of("Microsoft.Network/virtualNetworks"));
        Assert.Equal("Disabled", Access(templates.Full));
        Assert.Equal(["blob", "queue"], templates.Full.Of("Microsoft.Network/privateEndpoints")
            .Select(endpoint => endpoint.GetProperty("properties").GetProperty("privateLinkServiceConnections")[0].GetProperty("properties").GetProperty("groupIds")[0].GetString()).Order());
        Assert.EndsWith("/subnets/app", templates.Full.One("Microsoft.Web/sites").GetProperty("properties").GetProperty("virtualNetworkSubnetId").GetString(), StringComparison.Ordinal);
    }

    private static string? Access(Deployment deployment) =>
        deployment.One("Microsoft.Storage/storageAccounts").GetProperty("properties").GetProperty("publicNetworkAccess").GetString();

    private IEnumerable<(string Prefix, int Days)> Rules() =>
        templates.Least.One("Microsoft.Storage/storageAccounts/managementPolicies").GetProperty("properties").GetProperty("policy").GetProperty("rules").EnumerateArray()
            .Select(rule => rule.GetProperty("definition"))
            .Select(rule => (rule.GetProperty("filters").GetProperty("prefixMatch")[0].GetString()!,
                rule.GetProperty("actions").GetProperty("baseBlob").GetProperty("delete").GetProperty("daysAfterModificationGreaterThan").GetInt32()));

    /// <summary>Storage in memory that notes the names it is asked for.</summary>
    private sealed class NamedStorage : IStorage
    {
        private readonly InMemoryStorage _storage = new(TimeProvider.System);

        public List<string> Queues { get; } = [];

        public List<string> Containers { get; } = [];

        public IMessageQueue Queue(string name)
        {
            Queues.Add(name);
            return _storage.Queue(name);
        }

        public IBlobContainer Container(string name)
        {
            Containers.Add(name);
            return _storage.Container(name);
        }
    }
}
