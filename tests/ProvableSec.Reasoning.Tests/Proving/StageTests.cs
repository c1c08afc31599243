using CsCheck;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>What is answered before any search is what the search answers: the same verdict, on no more assumptions, with the same that goes with it.</summary>
public sealed class StageTests(ITestOutputHelper output)
{
    private int sooner;

    [Fact]
    public void Question_is_answered_as_by_the_search() => Check(RandomQuery.Any, 2_000, drawn => drawn);

    [Fact]
    public void Question_of_any_world_is_answered_as_by_the_search() => Check(RandomQuery.OfWorlds, 500, drawn => drawn);

    [Fact]
    public void Question_about_policies_that_are_nearly_alike_is_answered_as_by_the_search() => Check(RandomQuery.OfIdentity, 2_000, drawn => drawn with
    {
        Given = "",
        Question = drawn.Question is Question.Can or Question.Granted ? Question.NoNewAccess : drawn.Question,
    });

    private void Check(Gen<RandomQuery> questions, int count, Func<RandomQuery, RandomQuery> like)
    {
        questions.Each(count, drawn => Check(like(drawn).Read()));
        output.WriteLine($"{sooner} of {count} answered before the search");
        Assert.InRange(sooner, count / 100, int.MaxValue);
    }

    private void Check(Query query)
    {
        Answer quick = Prover.Answer(query), searched = Prover.Answer(query with { SearchOnly = true });
        Interlocked.Add(ref sooner, quick.Steps < searched.Steps ? 1 : 0);
        if (searched.Verdict == Verdict.Unknown)
        {
            return;
        }

        string answers = $"{quick.Verdict} ({quick.Reason}), {searched.Verdict} ({searched.Reason}) by the search";
        Assert.True(quick.Verdict == searched.Verdict, answers);
        Assert.True(quick.Assumptions.All(searched.Assumptions.Contains),
            $"{string.Join(", ", quick.Assumptions)}; {string.Join(", ", searched.Assumptions)} by the search");
        Assert.True(quick.Vacuous == searched.Vacuous, $"{quick.Vacuous}; {searched.Vacuous} by the search");
        Assert.Equal(searched.Warnings, quick.Warnings);
        if (query.Question == Question.NoPublicAccess && searched.Witness is { Request.Principal.Account.Length: > 0 } other && !IsOwners(other.Request))
        {
            Assert.False(IsOwners(quick.Witness!.Request), $"nobody is an outsider to what is his own: {quick.Witness}; {other} by the search");
        }

        if (quick.Verdict == Verdict.Holds && quick.Witness is null)
        {
            Assert.Equal(searched.Because, quick.Because);
        }
    }

    private static bool IsOwners(AccessRequest request) => request.Principal.Account.Length > 0
        && request.Principal.Account == (request.ResourceAccount ?? (request.Resource.Split(':') is [_, _, _, _, { Length: > 0 } account, ..] ? account
            : request.Principal.Account));
}
