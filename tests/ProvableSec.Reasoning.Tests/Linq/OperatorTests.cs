using ProvableSec.Reasoning.Linq;
using static ProvableSec.Reasoning.Tests.Linq.Given;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>Every operator both ways, and of an absent key.</summary>
public sealed class OperatorTests
{
    [Fact]
    public void Equality_is_exact_and_needs_the_key()
    {
        Assert.True(With("a", r => r["a:k"] == "a"));
        Assert.False(With("A", r => r["a:k"] == "a"));
        Assert.False(With(null, r => r["a:k"] == "a"));
        Assert.False(With("ab", r => r["a:k"] == "a*"));
        Assert.True(With("a*", r => r["a:k"] == "a*"));
    }

    [Fact]
    public void Inequality_is_the_opposite_and_true_of_an_absent_key()
    {
        Assert.False(With("a", r => r["a:k"] != "a"));
        Assert.True(With("b", r => r["a:k"] != "a"));
        Assert.True(With(null, r => r["a:k"] != "a"));
    }

    [Fact]
    public void Matches_takes_stars_and_question_marks()
    {
        Assert.True(With("a:x/y", r => r["a:k"].Matches("a*?")));
        Assert.False(With("a", r => r["a:k"].Matches("a*?")));
        Assert.False(With(null, r => r["a:k"].Matches("*")));
        Assert.True(With("", r => r["a:k"].Matches("*")));
    }

    [Fact]
    public void Beginning_end_and_middle_are_plain_text()
    {
        Assert.True(With("a*b", r => r["a:k"].StartsWith("a*")));
        Assert.False(With("axb", r => r["a:k"].StartsWith("a*")));
        Assert.True(With("a$?", r => r["a:k"].EndsWith("$?")));
        Assert.False(With("a$x", r => r["a:k"].EndsWith("$?")));
        Assert.True(With("a?b", r => r["a:k"].Contains("?")));
        Assert.False(With("axb", r => r["a:k"].Contains("?")));
        Assert.False(With(null, r => r["a:k"].Contains("")));
        Assert.True(With("x", r => r["a:k"].StartsWith("") && r["a:k"].EndsWith("") && r["a:k"].Contains("")));
    }

    [Fact]
    public void Presence_and_absence()
    {
        Assert.True(With("", r => r["a:k"].IsPresent));
        Assert.False(With(null, r => r["a:k"].IsPresent));
        Assert.True(With(null, r => r["a:k"].IsAbsent));
        Assert.False(With("", r => r["a:k"].IsAbsent));
        Assert.True(With(null, r => r.Action.IsPresent && r.Resource.IsPresent && r.Principal.IsPresent));
        Assert.False(With(null, r => r.Action.IsAbsent || r.Resource.IsAbsent || r.Principal.IsAbsent));
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.255.255.255", true)]
    [InlineData("11.0.0.0", false)]
    [InlineData("10.0.0", false)]
    [InlineData("::1", false)]
    public void Addresses_lie_in_ranges(string address, bool inside)
    {
        Assert.Equal(inside, With(address, r => r["a:k"].IsIn("10.0.0.0/8")));
        Assert.Equal(!inside, With(address, r => !r["a:k"].IsIn("10.0.0.0/8")));
    }

    [Fact]
    public void A_bare_address_is_itself_also_in_IPv6()
    {
        Assert.True(With("2001:db8::1", r => r["a:k"].IsIn("2001:db8::1")));
        Assert.False(With("2001:db8::2", r => r["a:k"].IsIn("2001:db8::1")));
    }

    [Fact]
    public void Numbers_compare_by_value()
    {
        Assert.True(With("2.50", r => r["a:k"] == 2.5m && r["a:k"] < 3 && r["a:k"] <= 2.5m && r["a:k"] > -1 && r["a:k"] >= 2.5m));
        Assert.False(With("2.50", r => r["a:k"] != 2.5m));
        Assert.False(With("2.50", r => r["a:k"] < 2.5m || r["a:k"] > 2.5m || r["a:k"] <= 2 || r["a:k"] >= 3));
        Assert.False(With("x", r => r["a:k"] < 3 || r["a:k"] >= 3 || r["a:k"] == 3));
        Assert.True(With("x", r => r["a:k"] != 3));
        Assert.True(With(null, r => r["a:k"] != 3 && !(r["a:k"] < 3)));
    }

    [Fact]
    public void Moments_compare_by_value()
    {
        var start = new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(1));
        Assert.True(With("2024-01-01T00:00:00Z", r => r["a:k"] == start && r["a:k"] <= start && r["a:k"] >= start));
        Assert.False(With("2024-01-01T00:00:00Z", r => r["a:k"] != start || r["a:k"] < start || r["a:k"] > start));
        Assert.True(With("2023-12-31T23:59:59Z", r => r["a:k"] < start));
        Assert.True(With("2024-01-01T00:00:01Z", r => r["a:k"] > start));
        Assert.True(With(null, r => r["a:k"] != start));
    }

    [Fact]
    public void Actions_fold_case_and_resources_do_not()
    {
        Assert.True(With(null, r => r.Action == "S3:getobject" && r.Action.Matches("s3:GET*") && r.Action.StartsWith("S3:") && r.Action.EndsWith("OBJECT")
            && r.Action.Contains(":g")));
        Assert.False(With(null, r => r.Action != "s3:GetObject"));
        Assert.True(With(null, r => r.Resource == "arn:aws:s3:::b/k" && r.Resource.Matches("arn:*k")));
        Assert.False(With(null, r => r.Resource == "arn:aws:s3:::B/k" || r.Resource.Matches("ARN:*")));
    }

    [Fact]
    public void The_principal_is_the_one_who_asks()
    {
        Assert.Equal("arn:aws:iam::444455556666:role/team/r", Alone(AllowAll).AllowedRequests()
            .Where(r => r.Principal == "arn:aws:iam::444455556666:role/team/r").FirstOrDefault()!.Request.Principal.Name);
        Assert.True(Stack(AllowAll).AllowedRequests().Where(r => r.Principal.StartsWith("arn:aws:iam::444455556666:")).IsEmpty());
    }

    [Fact]
    public void Keys_that_follow_from_the_rest_of_a_request_are_known()
    {
        Assert.Equal("444455556666", Alone(AllowAll).AllowedRequests().Where(r => r["aws:PrincipalAccount"] == "444455556666")
            .FirstOrDefault()!.Request.Principal.Account);
        Assert.True(Stack(AllowAll).AllowedRequests().Where(r => r["aws:PrincipalAccount"] != "111122223333").IsEmpty());
        Assert.EndsWith("/bob", Stack(AllowAll).AllowedRequests().Where(r => r["aws:username"] == "bob").FirstOrDefault()!.Request.Principal.Name,
            StringComparison.Ordinal);
        Assert.Contains(":user/", Stack(AllowAll).AllowedRequests().Where(r => r["aws:username"].IsPresent)
            .FirstOrDefault()!.Request.Principal.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_values_some_must_compare_and_none_may_be_equal()
    {
        Assert.True(Alone(AllowAll).AllowedRequests().Where(r => r["aws:TagKeys"] == "a" && r["aws:TagKeys"] == "b").Any());
        Assert.True(Alone(AllowAll).AllowedRequests().Where(r => r["aws:TagKeys"] == "a" && r["aws:TagKeys"] != "a").IsEmpty());
        Assert.True(With(null, r => !(r["a:k"] == "a" && r["a:k"] == "b")));
    }

    [Fact]
    public void And_or_not_and_constants()
    {
        bool yes = true, no = false;
        Assert.True(With("a", r => (r["a:k"] == "a" && yes) || no));
        Assert.False(With("a", r => (r["a:k"] == "b" || no) && yes));
        Assert.True(With("a", r => !(r["a:k"] == "b") && !no));
        Assert.True(With("a", r => true));
        Assert.False(With("a", r => false));
    }
}
