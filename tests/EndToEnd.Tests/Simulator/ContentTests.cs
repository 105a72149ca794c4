using System.Net;
using System.Text.Json;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class ContentTests
{
    [Fact]
    public async Task Report_is_csv_with_a_line_for_each_company()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync(new() { Companies = 5 });

        using HttpResponseMessage response = await client.GetAsync("/reports/weekly");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        string csv = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("domain,name,score,grade\r\nexample.com,Example,", csv);
        Assert.Equal(6, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Pdf_report_is_bytes_that_are_no_text()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        using HttpResponseMessage response = await client.GetAsync("/reports/weekly.pdf");

        byte[] pdf = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/pdf", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("%PDF-"u8, pdf.AsSpan(0, 5));
        Assert.Contains((byte)0xE2, pdf);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public async Task Large_answer_is_json_of_the_size_asked_for(int bytes)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        string json = await client.TextAsync($"/large?bytes={bytes}");

        Assert.Equal(bytes, json.Length);
        Assert.Equal(JsonValueKind.Object, JsonSerializer.Deserialize<JsonElement>(json).ValueKind);
    }

    [Fact]
    public async Task Moved_resource_points_to_another_host()
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        using HttpResponseMessage response = await client.GetAsync("/moved");

        Assert.Equal(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.NotEqual(client.Api.BaseAddress.Host, response.Headers.Location?.Host);
    }

    [Theory]
    [InlineData("/me")]
    [InlineData("/unknown")]
    [InlineData("/_requests")]
    public async Task Every_answer_has_a_request_id_of_its_own(string path)
    {
        await using SimulatorClient client = await SimulatorClient.StartAsync();

        using HttpResponseMessage first = await client.GetAsync(path);
        using HttpResponseMessage second = await client.GetAsync(path);

        Assert.NotEqual(Assert.Single(first.Headers.GetValues("x-request-id")), Assert.Single(second.Headers.GetValues("x-request-id")));
    }
}
