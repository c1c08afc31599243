using System.Security.Cryptography;
using System.Text;

namespace ProvableSec.Runtime.Tests.Redacting;

/// <summary>A redaction changes the bytes it must, and no other.</summary>
public sealed class RedactionTests
{
    [Theory]
    [InlineData("\"names\":[\"authorization\",\"x-api-*\"]", "Host,Authorization,X-Api-Key,x-api-token", "Authorization,X-Api-Key,x-api-token")]
    [InlineData("\"except\":[\"host\"]", "Host,Authorization,Accept", "Authorization,Accept")]
    public void Headers_are_masked_by_name(string names, string headers, string masked)
    {
        string Record(Func<string, string> value) => Lines.Allowed("", string.Join(" , ", headers.Split(',').Select(name => Lines.Header(name, value(name)))));
        Assert.Equal(
            Record(name => masked.Split(',').Contains(name) ? "REDACTED" : "v " + name),
            Lines.Redact($"{{\"field\":\"header\",{names},\"by\":\"mask\"}}", Record(name => "v " + name)));
    }

    [Theory]
    [InlineData("a,x,b", "a,b")]
    [InlineData("x,a,b", "a,b")]
    [InlineData("a,b,x", "a,b")]
    [InlineData("x,x,a", "a")]
    [InlineData("x,a,x,b,x", "a,b")]
    [InlineData("x,x,x", "")]
    [InlineData("a,x,x", "a")]
    public void Removed_headers_leave_a_valid_list(string names, string left)
    {
        string Record(string list) =>
            Lines.Allowed("", string.Join(", ", list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Lines.Header(name, "1"))));
        Assert.Equal(Record(left), Lines.Redact("{\"field\":\"header\",\"names\":\"X\",\"by\":\"remove\"}", Record(names)));
    }

    [Theory]
    [InlineData("{\"value\":\"secret\",\"name\":\"X\"}", "{\"value\":\"REDACTED\",\"name\":\"X\"}")]
    [InlineData("{\"name\":\"\\u0058\",\"value\":\"secret\"}", "{\"name\":\"\\u0058\",\"value\":\"REDACTED\"}")]
    [InlineData("{\"name\":\"x\"}", "{\"name\":\"x\"}")]
    [InlineData("{\"name\":\"x\",\"value\":null}", "{\"name\":\"x\",\"value\":null}")]
    [InlineData("{\"name\":\"x\",\"myValue\":\"secret\"}", "{\"name\":\"x\",\"myValue\":\"REDACTED\"}")]
    [InlineData("{\"name\":\"x\",\"value\":[\"secret\",{\"a\":1}]}", "{\"name\":\"x\",\"value\":\"REDACTED\"}")]
    [InlineData("{\"name\":\"x\",\"value\":12}", "{\"name\":\"x\",\"value\":\"REDACTED\"}")]
    [InlineData("{\"name\":\"y\",\"value\":\"x\"}", "{\"name\":\"y\",\"value\":\"x\"}")]
    [InlineData("{\"name\":\"y\",\"value\":\"a\",\"name\":\"x\",\"value\":\"b\"}",
        "{\"name\":\"y\",\"value\":\"REDACTED\",\"name\":\"x\",\"value\":\"REDACTED\"}")]
    public void Header_objects_of_every_form_are_understood(string header, string redacted) =>
        Assert.Equal(Lines.Allowed("", redacted), Lines.Redact("{\"field\":\"header\",\"names\":\"x\",\"by\":\"mask\"}", Lines.Allowed("", header)));

    [Fact]
    public void A_value_without_a_name_is_on_no_allow_list() => Assert.Equal(
        Lines.Allowed("", "{\"value\":\"REDACTED\"}"), Lines.Redact("{\"field\":\"header\",\"except\":\"host\",\"by\":\"mask\"}",
            Lines.Allowed("", "{\"value\":\"secret\"}")));

    [Theory]
    [InlineData("session=1; theme=dark", "session=REDACTED; theme=dark")]
    [InlineData("theme=dark;session=1=2; session=3", "theme=dark;session=REDACTED; session=REDACTED")]
    [InlineData(" session =1", " session =REDACTED")]
    [InlineData("sessions=1", "sessions=1")]
    [InlineData("session=\\\"1\\\"", "session=REDACTED")]
    [InlineData("a=\\u003b session=1", "REDACTED")]
    [InlineData("session=\\\"1;2\\\"; a=b", "REDACTED")]
    [InlineData("a=\\u00e9; session=1", "a=\\u00e9; session=REDACTED")]
    public void Cookies_are_masked_by_name(string cookies, string redacted) => Assert.Equal(
        Lines.Allowed("", Lines.Header("cookie", redacted)), Lines.Redact("{\"field\":\"cookie\",\"names\":\"session\",\"by\":\"mask\"}",
            Lines.Allowed("", Lines.Header("cookie", cookies))));

    [Theory]
    [InlineData("a=1; b=2; c=3", "\"names\":\"a\"", "b=2; c=3")]
    [InlineData("a=1; b=2; c=3", "\"names\":\"b\"", "a=1; c=3")]
    [InlineData("a=1; b=2; c=3", "\"names\":[\"a\",\"c\"]", "b=2")]
    [InlineData("a=1; b=2; c=3", "\"except\":\"c\"", "c=3")]
    [InlineData("a=1; b=2", "\"names\":\"*\"", "")]
    public void Cookies_are_removed_by_name(string cookies, string names, string left) => Assert.Equal(
        Lines.Allowed("", Lines.Header("Cookie", left)), Lines.Redact($"{{\"field\":\"cookie\",{names},\"by\":\"remove\"}}",
            Lines.Allowed("", Lines.Header("Cookie", cookies))));

    [Theory]
    [InlineData("q=1&token=abc&x=2", "q=1&token=REDACTED&x=2")]
    [InlineData("to%6ben=abc", "to%6ben=REDACTED")]
    [InlineData("toke%6e=abc", "toke%6e=REDACTED")]
    [InlineData("token%2=abc", "token%2=abc")]
    [InlineData("token=a=b&token", "token=REDACTED&REDACTED")]
    [InlineData("Token=abc&TO%4BEN=def", "Token=REDACTED&TO%4BEN=REDACTED")]
    [InlineData("tokens=abc", "tokens=abc")]
    [InlineData("", "")]
    public void Arguments_are_masked_by_name(string args, string redacted) => Assert.Equal(
        Lines.Allowed(args: redacted), Lines.Redact("{\"field\":\"argument\",\"names\":\"token\",\"by\":\"mask\"}", Lines.Allowed(args: args)));

    [Theory]
    [InlineData("mask", "{\"name\":\"X-Amzn-Waf-Key\",\"value\":\"REDACTED\"},{\"name\":\"b\",\"value\":\"2\"}",
        "{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"x-amzn-waf-key\",\"value\":\"REDACTED\"}")]
    [InlineData("remove", "{\"name\":\"b\",\"value\":\"2\"}", "{\"name\":\"a\",\"value\":\"1\"}")]
    public void Headers_that_AWS_WAF_inserts_are_headers(string method, string inserted, string headers)
    {
        string Record(string insertedHeaders, string requestHeaders) => Lines.Allowed($",\"requestHeadersInserted\":[{insertedHeaders}]", requestHeaders);
        string record = Record("{\"name\":\"X-Amzn-Waf-Key\",\"value\":\"s\"},{\"name\":\"b\",\"value\":\"2\"}",
            "{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"x-amzn-waf-key\",\"value\":\"s\"}");
        Assert.Equal(Record(inserted, headers), Lines.Redact($"{{\"field\":\"header\",\"names\":\"x-amzn-waf-key\",\"by\":\"{method}\"}}", record));
    }

    [Theory]
    [InlineData(",\"terminatingRuleMatchDetails\":\"secret\"", ",\"terminatingRuleMatchDetails\":\"REDACTED\"")]
    [InlineData(",\"terminatingRuleMatchDetails\":{\"matchedData\":[\"secret\"]}", ",\"terminatingRuleMatchDetails\":\"REDACTED\"")]
    [InlineData(",\"terminatingRuleMatchDetails\":[\"secret\",[\"secret\"]]", ",\"terminatingRuleMatchDetails\":[\"REDACTED\",\"REDACTED\"]")]
    [InlineData(",\"rateBasedRuleList\":[\"secret\"]", ",\"rateBasedRuleList\":[\"REDACTED\"]")]
    public void What_rules_matched_is_masked_whatever_its_form(string details, string masked) =>
        Assert.Equal(Lines.Allowed(masked, args: "REDACTED"), Lines.Redact("{\"field\":\"args\",\"by\":\"mask\"}", Lines.Allowed(details)));

    [Theory]
    [InlineData("203.0.113.99", "203.0.113.0")]
    [InlineData("203.0.113.255", "203.0.113.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::")]
    [InlineData("2001:db8:1::", "2001:db8:1::")]
    [InlineData("::ffff:203.0.113.9", "::")]
    [InlineData("not an address", "REDACTED")]
    [InlineData("203.0.113.099", "REDACTED")]
    public void Addresses_keep_their_network(string address, string redacted) =>
        Assert.Equal(Lines.Allowed(clientIp: redacted), Lines.Redact("{\"field\":\"clientIp\",\"by\":\"prefix\"}", Lines.Allowed(clientIp: address)));

    [Theory]
    [InlineData("203.0.113.99, 198.51.100.7,2001:db8:1:2::1", "203.0.0.0, 198.51.0.0, 2001:db8:1::")]
    [InlineData("203.0.113.99, unknown", "REDACTED")]
    public void Lists_of_addresses_keep_their_networks(string addresses, string redacted) => Assert.Equal(
        Lines.Allowed("", Lines.Header("X-Forwarded-For", redacted)),
        Lines.Redact("{\"field\":\"header\",\"names\":\"x-forwarded-for\",\"by\":\"prefix\",\"length\":16}",
            Lines.Allowed("", Lines.Header("X-Forwarded-For", addresses))));

    [Theory]
    [InlineData("/abcdef", "/abc")]
    [InlineData("/ab", "/ab")]
    [InlineData("/a\\\"bc", "/a\\\"b")]
    [InlineData("/\\u00e9\\u00e9\\u00e9\\u00e9", "/\\u00e9\\u00e9\\u00e9")]
    [InlineData("/\\ud83d\\ude00xyz", "/\\ud83d\\ude00xy")]
    [InlineData("/\\ud83d\\ud83dxyz", "/\\ud83d\\ud83dx")]
    [InlineData("/éééé", "/ééé")]
    [InlineData("/\U0001F600xyz", "/\U0001F600xy")]
    public void Truncation_cuts_between_characters(string uri, string redacted) =>
        Assert.Equal(Lines.Allowed(uri: redacted), Lines.Redact("{\"field\":\"uri\",\"by\":\"truncate\",\"length\":4}", Lines.Allowed(uri: uri)));

    [Fact]
    public void An_HMAC_is_that_of_the_text_however_it_is_spelled()
    {
        string hash = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("a key of the user's"), Encoding.UTF8.GetBytes("/é\"")));
        foreach (string spelling in new[] { "/é\\\"", "/\\u00E9\\u0022", "\\/\\u00e9\\\"" })
        {
            Assert.Equal(Lines.Allowed(uri: hash), Lines.Redact("{\"field\":\"uri\",\"by\":\"hmac\"}", Lines.Allowed(uri: spelling)));
        }
    }

    [Fact]
    public void Whole_fields_are_replaced()
    {
        Assert.Equal(
            Lines.Allowed(uri: "REDACTED", args: "").Replace("\"GET\"", "\"\"").Replace("198.51.100.7", "REDACTED"),
            Lines.Redact(
                "{\"field\":\"uri\",\"by\":\"mask\"},{\"field\":\"args\",\"by\":\"remove\"},{\"field\":\"argument\",\"names\":\"a\",\"by\":\"mask\"},{\"field\":\"httpMethod\",\"by\":\"remove\"},{\"field\":\"clientIp\",\"by\":\"mask\"}",
                Lines.Allowed(uri: "/a", args: "a=1")));
    }

    private const string Details =
        ",\"terminatingRuleMatchDetails\":[{\"conditionType\":\"XSS\",\"location\":\"HEADER\",\"matchedData\":[\"{0}\",\"{0}\"]}],\"rateBasedRuleList\":[{\"limitKey\":\"IP\",\"limitValue\":\"{0}\"},"
        + "{\"limitKey\":\"CUSTOMKEYS\",\"customValues\":[{\"key\":\"HEADER\",\"name\":\"n\",\"value\":\"{0}\"}]}],"
        + "\"x\":[{\"matchedData\":[\"stays\"]}]";

    [Fact]
    public void What_rules_matched_is_masked_with_any_redaction()
    {
        string record = Lines.Allowed(Details.Replace("{0}", "secret"));
        Assert.Equal(Lines.Allowed(Details.Replace("{0}", "REDACTED")), Lines.Redact("{\"field\":\"httpMethod\",\"by\":\"truncate\",\"length\":9}", record));
        Assert.Equal(record, Lines.Redact("", record));
        Assert.Equal(record, Lines.Redact("{\"field\":\"httpMethod\",\"by\":\"truncate\",\"length\":9}", record, ",\"matchDetails\":\"keep\""));
    }

    [Fact]
    public void Matches_in_groups_and_of_counting_rules_are_masked_too()
    {
        string Record(string data) => Lines.Allowed()
            .Replace("\"nonTerminatingMatchingRules\":[]", $"\"nonTerminatingMatchingRules\":[{{\"action\":\"COUNT\",\"ruleMatchDetails\":[{{\"matchedData\":{data}}}]}}]")
            .Replace("\"ruleGroupList\":[]", $"\"ruleGroupList\":[{{\"terminatingRule\":{{\"ruleMatchDetails\":[{{\"matchedData\":{data}}}]}}}}]");
        string Redact(string record) => Lines.Redact("{\"field\":\"httpMethod\",\"by\":\"truncate\",\"length\":9}", record);
        Assert.Equal(Record("[\"REDACTED\"]"), Redact(Record("[\"a\"]")));
        Assert.Equal(Record("[\"REDACTED\",\"REDACTED\"]"), Redact(Record("[{\"a\":[1]},2]")));
        Assert.Equal(Record("\"REDACTED\""), Redact(Record("\"a\"")));
        Assert.Equal(Record("\"REDACTED\""), Redact(Record("{\"a\":1}")));
    }

    [Fact]
    public void The_host_is_redacted_wherever_it_stands()
    {
        string Record(string host) => Lines.Allowed("", Lines.Header("Host", host)).Replace("\"requestId\"", $"\"host\":\"{host}\",\"requestId\"");
        Assert.Equal(Record("REDACTED"), Lines.Redact("{\"field\":\"header\",\"names\":\"host\",\"by\":\"mask\"}", Record("a.example")));
    }

    [Fact]
    public void A_record_that_cannot_be_read_is_not_changed()
    {
        string broken = Lines.Allowed(uri: "/secret")[..^1];
        Assert.Equal(broken, Lines.Filter(Lines.Read("{\"version\":1,\"redact\":[{\"field\":\"uri\",\"by\":\"mask\"}]}"), broken, "", out FilterCounts counts));
        Assert.Equal((1, 0), (counts.Unprocessed, counts.Redacted));
    }
}
