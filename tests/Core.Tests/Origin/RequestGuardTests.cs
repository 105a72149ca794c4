using Courier.Origin;

namespace Courier.Tests.Origin;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/companies/example.com")]
    [InlineData("/portfolios/abc/companies/example.com?page=2&size=50")]
    [InlineData("/a//b")]
    [InlineData("/a/b/")]
    [InlineData("/.well-known/x")]
    [InlineData("/..x/.../x..")]
    [InlineData("/a.b..c")]
    [InlineData("/@me")]
    [InlineData("/a:b@c")]
    [InlineData("/a;v=1/b;c")]
    [InlineData("/~user/!$&'()*+,;=")]
    [InlineData("/50%25")]
    [InlineData("/50%25%20off")]
    [InlineData("/a%2Fb")]
    [InlineData("/https%3A%2F%2Fexample.com%2F")]
    [InlineData("/%23%3F")]
    [InlineData("/%C3%BC/%F0%9F%98%80")]
    [InlineData("/x?path=/../y")]
    [InlineData("/x?next=https://elsewhere.test/")]
    [InlineData("/x?a=%0D%0A")]
    [InlineData("/x?filter[a]={\"b\":1}")]
    [InlineData("/x?a?b")]
    public void Plain_path_is_allowed(string path)
    {
        RequestTarget target = RequestGuard.Resolve(new Uri("https://api.test"), path);

        Uri uri = Assert.IsType<RequestTarget.Allowed>(target).Uri;
        Assert.StartsWith("https://api.test/", uri.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(path.Count(c => c == '/'), uri.OriginalString["https://api.test".Length..].Count(c => c == '/'));
    }

    [Theory]
    [InlineData("https://api.test/v1/", "/x", "https://api.test/v1/x")]
    [InlineData("https://api.test/v1", "/x", "https://api.test/v1/x")]
    [InlineData("https://api.test/v1", "/", "https://api.test/v1/")]
    [InlineData("https://api.test/a/b/", "/x?y=1", "https://api.test/a/b/x?y=1")]
    [InlineData("https://api.test:8443", "/x", "https://api.test:8443/x")]
    [InlineData("http://127.0.0.1:5000/v1", "/x", "http://127.0.0.1:5000/v1/x")]
    [InlineData("http://[::1]:5000", "/x", "http://[::1]:5000/x")]
    [InlineData("https://API.test", "/X", "https://api.test/X")]
    public void Path_is_appended_to_the_base_address(string baseUrl, string path, string expected)
    {
        RequestTarget target = RequestGuard.Resolve(new Uri(baseUrl), path);

        Assert.Equal(expected, Assert.IsType<RequestTarget.Allowed>(target).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("/../x")]
    [InlineData("/..")]
    [InlineData("/a/../../x")]
    [InlineData("/%2e%2e/x")]
    [InlineData("/%2E./x")]
    [InlineData("/%252e%252e/x")]
    [InlineData("/%252e%252e/%25")]
    [InlineData("/%252e%252e%252fx%25zz")]
    [InlineData("/..%2fx")]
    [InlineData("/..%5cx")]
    [InlineData("/..;/x")]
    [InlineData("/..%3b/x")]
    [InlineData("/%E2%80%A4%E2%80%A4/x")]
    [InlineData("//evil.test/v1/x")]
    [InlineData("/\\evil.test/v1/x")]
    [InlineData("@evil.test/v1/x")]
    [InlineData("https://evil.test/v1/x")]
    public void Path_never_leaves_the_prefix_of_the_base_address(string path)
    {
        RequestTarget target = RequestGuard.Resolve(new Uri("https://api.test/v1/"), path);

        Assert.NotEmpty(Assert.IsType<RequestTarget.Refused>(target).Why);
    }

    [Theory]
    [InlineData("https://api.test/v1/x", true)]
    [InlineData("https://API.TEST/v1/x", true)]
    [InlineData("https://api.test:443/v1/x", true)]
    [InlineData("https://api.test/v1", false)]
    [InlineData("https://api.test/v10/x", false)]
    [InlineData("https://api.test/x", false)]
    [InlineData("https://api.test/V1/x", false)]
    [InlineData("http://api.test/v1/x", false)]
    [InlineData("https://api.test:8443/v1/x", false)]
    [InlineData("https://api.test.evil.test/v1/x", false)]
    [InlineData("https://evil.test/v1/x", false)]
    [InlineData("https://user@api.test/v1/x", false)]
    [InlineData("https://api.test/v1/../x", false)]
    [InlineData("/v1/x", false)]
    public void Only_addresses_below_the_base_get_the_key(string address, bool below) =>
        Assert.Equal(below, RequestGuard.IsBelow(new Uri("https://api.test/v1/"), new Uri(address, UriKind.RelativeOrAbsolute)));

    [Fact]
    public void Host_in_other_letters_is_compared_in_its_ascii_form() =>
        Assert.True(RequestGuard.IsBelow(new Uri("https://bücher.test"), new Uri("https://xn--bcher-kva.test/x")));

    [Fact]
    public void Longest_path_is_allowed() =>
        Assert.IsType<RequestTarget.Allowed>(RequestGuard.Resolve(new Uri("https://api.test"), "/" + new string('a', RequestGuard.MaximumLength - 1)));
}
