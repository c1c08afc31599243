using ProvableSec.Reasoning.Differences;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Tests.Caching;

/// <summary>
/// What a key is made of, and what a record holds, are all members of a question and of an answer. A new member is none of these until somebody has put it in: a question that
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
    public void A_new_member_has_to_be_part_of_keys_and_records(Type type, string members) => Assert.Equal(members, string.Join(' ',
        type.GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .Where(property => property.CanWrite && property.Name != "EqualityContract").Select(property => property.Name).Order(StringComparer.Ordinal)));
}
