using System.Collections.Immutable;
using System.Reflection;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;

namespace ProvableSec.Tool.Tests.Caching;

/// <summary>
/// What a key is made of, and what a record holds, are all members of a question and of an answer. A new member is none of these until somebody has put it in:
/// a question that
/// differs in it would be given the answer to another.
/// </summary>
public sealed class KnownMembersTests
{
    [Theory]
    [InlineData(typeof(Query), "AllowsVacuous AsOf Baseline Budget DefaultReadingsOnly Expected Explain Id Property Qualify Question Request Restriction SearchOnly Subject Type TypeFrom VerdictOnly Warnings Without World Zone")]
    [InlineData(typeof(RequestPattern), "Action Context Principal PrincipalType Resource ResourceAccount")]
    [InlineData(typeof(TrustZone), "Accounts ConfusedDeputy Organizations Services Strict")]
    [InlineData(typeof(DifferenceQuestion), "After AsOf Before Budget Caller IsKnown StackAfter StackBefore Type World")]
    [InlineData(typeof(Answer), "Assumptions Because Explanation Facts Given Reason Steps Stronger UnknownBecause Vacuous Verdict Warnings Witness")]
    [InlineData(typeof(AccessDifference), "Added Assumptions Removed Undecided")]
    [InlineData(typeof(DifferenceLine), "Already Except Grant IsWhole Kind Undecided Witness")]
    public void A_new_member_has_to_be_part_of_keys_and_records(Type type, string members) =>
        Assert.Equal(members, string.Join(' ', Members(type).Select(member => member.Name)));

    /// <summary>The key of a property has what its first question says for all of them.</summary>
    [Fact]
    public void Questions_that_differ_in_more_than_whom_they_are_about_are_not_alike()
    {
        var document = PolicyReader.Read(new DocumentText("{}"));
        var query = new Query { Question = Question.NotGranted, Subject = Subject.Of(document) };
        var other = new Dictionary<string, object?>
        {
            ["Question"] = Question.Granted,
            ["Baseline"] = Subject.Of(document),
            ["Property"] = document,
            ["Zone"] = TrustZone.None with { Strict = true },
            ["Restriction"] = new RequestPredicate.DescribedBy(document),
            ["Type"] = PolicyType.Trust,
            ["TypeFrom"] = PolicyTypeOrigin.CommandLine,
            ["World"] = World.Free,
            ["Without"] = ImmutableArray.Create("shapes"),
            ["AsOf"] = "2031-01-01",
            ["Budget"] = 1L,
            ["DefaultReadingsOnly"] = true,
            ["Expected"] = Verdict.Holds,
            ["Explain"] = false,
            ["Qualify"] = true,
            ["VerdictOnly"] = true,
            ["AllowsVacuous"] = true,
            ["SearchOnly"] = true,
            ["Warnings"] = ImmutableArray.Create(new PolicyProblem(ProblemCode.Comment, "odd", default, "", default)),
        };
        Assert.Equal(Members(typeof(Query)).Select(member => member.Name).Except(["Id", "Subject", "Request"]), other.Keys.Order(StringComparer.Ordinal));
        Assert.True(QuestionKey.AreAlike(query, query with { Id = "1", Subject = Subject.Of(document) }));
        Assert.All(Members(typeof(Query)).Where(member => other.ContainsKey(member.Name)), member =>
        {
            Query changed = query with { };
            member.SetValue(changed, other[member.Name]);
            Assert.False(QuestionKey.AreAlike(query, changed), member.Name);
        });
        var requests = new Dictionary<string, RequestPattern>
        {
            ["Action"] = RequestPattern.Any with { Action = FieldPattern.Literal("s3:GetObject") },
            ["Resource"] = RequestPattern.Any with { Resource = FieldPattern.Literal("*") },
            ["Context"] = RequestPattern.Any with { Context = [new("aws:SourceIp", FieldPattern.Literal("203.0.113.1"))] },
        };
        Assert.Equal(Members(typeof(RequestPattern)).Select(member => member.Name).Except(["Principal", "PrincipalType", "ResourceAccount"]),
            requests.Keys.Order(StringComparer.Ordinal));
        Assert.All(requests.Values, request => Assert.False(QuestionKey.AreAlike(query, query with { Request = request })));
        Assert.True(QuestionKey.AreAlike(query, query with
        {
            Request =
            RequestPattern.Any with { Principal = FieldPattern.Literal("a"), ResourceAccount = "111122223333" }
        }));
    }

    private static PropertyInfo[] Members(Type type) => [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(property => property.CanWrite && property.Name != "EqualityContract").OrderBy(property => property.Name, StringComparer.Ordinal)];
}
