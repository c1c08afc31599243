using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Model;

public sealed class PolicyPatternTests
{
    [Theory]
    [InlineData("", "T()")]
    [InlineData("abc", "T(abc)")]
    [InlineData("$", "T($)")]
    [InlineData("a$b}{", "T(a$b}{)")]
    [InlineData("${aws:username}", "V(aws:username)")]
    [InlineData("home/${aws:username}/*", "T(home/) V(aws:username) T(/*)")]
    [InlineData("${a}${b}", "V(a) V(b)")]
    [InlineData("${aws:PrincipalTag/team, 'company-wide'}", "V(aws:PrincipalTag/team|company-wide)")]
    [InlineData("${k,''}x", "V(k|) T(x)")]
    [InlineData("${k, 'a}b,c'}x", "V(k|a}b,c) T(x)")]
    [InlineData("${aws:PrincipalTag/it's}x", "V(aws:PrincipalTag/it's) T(x)")]
    [InlineData("a${*}b${?}${$}{c}", "T(a) L(*) T(b) L(?) L($) T({c})")]
    [InlineData("$${a}", "T($) V(a)")]
    [InlineData("${}", "V()")]
    public void A_value_is_cut_at_its_variables(string text, string parts)
    {
        PolicyPattern pattern = PolicyPattern.WithVariables(text, default, out int unclosed);
        Assert.Equal(parts, Shown(pattern));
        Assert.Equal(-1, unclosed);
        Assert.Equal(text, pattern.Text);
        Assert.Equal(parts.Contains("V(", StringComparison.Ordinal), pattern.HasVariables);
        Assert.Equal(pattern.Parts.Length == 1 && parts[0] == 'T', pattern.IsPlain);
    }

    [Theory]
    [InlineData("${aws:username", "T(${aws:username)", 0)]
    [InlineData("a${b}c${d", "T(a) V(b) T(c${d)", 6)]
    [InlineData("x${k, 'a}", "T(x${k, 'a})", 1)]
    public void What_is_never_closed_is_literal(string text, string parts, int at)
    {
        Assert.Equal(parts, Shown(PolicyPattern.WithVariables(text, default, out int unclosed)));
        Assert.Equal(at, unclosed);
    }

    [Theory]
    [InlineData("arn:aws:s3:::b/${aws:username}/*", "T(arn:aws:s3:::b/) V(aws:username) T(/*)")]
    [InlineData("arn:aws:s3:::${aws:username}", "T(arn:aws:s3:::) V(aws:username)")]
    [InlineData("arn:aws:sqs:${aws:RequestedRegion}:111122223333:q-${a:b}", "T(arn:aws:sqs:${aws:RequestedRegion}:111122223333:q-) V(a:b)")]
    [InlineData("arn:aws:sqs:${k, 'a}:b:c:d:e'}:1:q-${a:b}", "T(arn:aws:sqs:${k, 'a}:b:c:d:e'}:1:q-) V(a:b)")]
    [InlineData("arn:aws:s3:${aws:username}", "T(arn:aws:s3:${aws:username})")]
    [InlineData("*", "T(*)")]
    [InlineData("", "T()")]
    public void A_resource_has_variables_after_its_fifth_colon_only(string text, string parts)
    {
        PolicyPattern pattern = PolicyPattern.ResourceWithVariables(text, default, out int unclosed);
        Assert.Equal(parts, Shown(pattern));
        Assert.Equal(-1, unclosed);
    }

    [Fact]
    public void A_resource_reports_where_its_variable_opens()
    {
        PolicyPattern pattern = PolicyPattern.ResourceWithVariables("arn:aws:s3:::b/${aws:username", default, out int unclosed);
        Assert.True(pattern.IsPlain);
        Assert.Equal(15, unclosed);
    }

    [Fact]
    public void A_plain_pattern_has_no_variables()
    {
        var pattern = PolicyPattern.Plain("${aws:username}");
        Assert.True(pattern.IsPlain);
        Assert.False(pattern.HasVariables);
        Assert.Equal("${aws:username}", pattern.ToString());
    }

    private static string Shown(PolicyPattern pattern) =>
        string.Join(" ", pattern.Parts.Select(p => $"{p.Kind.ToString()[0]}({p.Text}{(p.Default is null ? "" : "|" + p.Default)})"));
}
