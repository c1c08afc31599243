using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Organizations;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Verify;

/// <summary>Asks each property about each of its stacks, equal ones once, several at a time. What goes wrong with one leaves the others alone.</summary>
/// <param name="ask">Asks a question; the second argument names its certificate.</param>
/// <param name="isEachAsked">Equal ones are asked, too: a certificate is about the documents of one stack.</param>
/// <param name="jobs">How many at a time.</param>
/// <param name="progress">Is told of each stack that is answered about.</param>
/// <param name="cached">Answers about whole properties of before; null for none.</param>
internal sealed class PairAsker(Func<Query, string, AskedAnswer> ask, bool isEachAsked, int jobs, Progress progress, CachedProperties? cached = null)
{
    private const string NamesDiffer = "values that are known only at deployment are taken to differ where the file calls them by different names";

    private readonly Dictionary<string, ImmutableArray<string>> given = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private int asked;

    /// <summary>How many questions the prover was asked.</summary>
    public int Asked => asked;

    /// <summary>Asks.</summary>
    /// <returns>For each property an answer to each of its questions.</returns>
    public PairAnswer[][] Ask(IReadOnlyList<ConfiguredProperty> properties)
    {
        var classes = new QuestionClasses();
        PairAnswer[][] answers = [.. properties.Select(property => new PairAnswer[property.Questions.Length])];
        var work = new List<(int Property, QuestionClass Class)>();
        string?[] keys = new string?[properties.Count];
        bool[] known = new bool[properties.Count];
        if (cached is not null && !isEachAsked)
        {
            CachedProperties.Hash(properties, jobs);
        }

        Parallel.For(0, cached is null || isEachAsked ? 0 : properties.Count, new ParallelOptions { MaxDegreeOfParallelism = jobs }, p =>
        {
            if ((keys[p] = cached!.KeyOf(properties[p])) is { } key && cached.Find(key, properties[p]) is { } before)
            {
                (answers[p], known[p]) = (before, true);
                Interlocked.Add(ref asked, before.Select(answer => answer.Asked!.Value.Answer).Distinct<Answer>(ReferenceEqualityComparer.Instance).Count());
                lock (progress)
                {
                    progress.Add(before.Length);
                }
            }
        });
        foreach (int p in Enumerable.Range(0, properties.Count).Where(p => !known[p]))
        {
            ImmutableArray<ConfiguredQuestion> questions = properties[p].Questions;
            int[] alike = [.. Enumerable.Range(0, questions.Length).Where(q => questions[q].IsKnown && !isEachAsked)];
            work.AddRange(classes.Sort([.. alike.Select(q => (questions[q].Query, (CallerPrincipal?)questions[q].Caller))]).Select(one => (p, one with
            {
                Members = [.. one.Members.Select(member => alike[member])],
                Apart = [.. one.Apart.Select(group => group.Select(member => alike[member]).ToImmutableArray())],
            })));
            work.AddRange(Enumerable.Range(0, questions.Length).Except(alike).Select(q => (p, new QuestionClass(questions[q].Query, [q], []))));
        }

        // The largest ones first, or one of them is left to the end.
        Parallel.ForEach(work.OrderByDescending(one => one.Class.Apart.Length), new ParallelOptions { MaxDegreeOfParallelism = jobs }, one =>
        {
            Answer(properties[one.Property], one.Class, answers[one.Property]);
            lock (progress)
            {
                progress.Add(one.Class.Members.Length);
            }
        });
        for (int p = 0; p < properties.Count; p++)
        {
            if (keys[p] is { } key && !known[p])
            {
                cached!.Keep(key, properties[p], answers[p]);
            }
        }

        return answers;
    }

    private void Answer(ConfiguredProperty property, QuestionClass one, PairAnswer[] answers)
    {
        PairAnswer together = one.Members is [var only] ? AnswerOne(property, property.Questions[only]) : Ask(property, one.Together);
        if (one.Apart.IsEmpty || together.Asked?.Answer.Verdict == Verdict.Holds)
        {
            Set(one.Members, together);
            return;
        }

        foreach (ImmutableArray<int> group in one.Apart)
        {
            Set(group, Ask(property, property.Questions[group[0]].Query));
        }

        void Set(ImmutableArray<int> members, PairAnswer answer)
        {
            foreach (int member in members)
            {
                answers[member] = answer with
                {
                    Given = Shared(answer.Asked is { } asked && members.Length > 1 && !asked.Answer.Given.IsEmpty
                        ? GivenWords.Of(property.Questions[member].Query) : answer.Asked?.Answer.Given ?? [])
                };
            }
        }
    }

    /// <summary>The answer about a stack of which something may not be known.</summary>
    private PairAnswer AnswerOne(ConfiguredProperty property, ConfiguredQuestion question)
    {
        if (question.Undecided is { } reason)
        {
            return new PairAnswer(new AskedAnswer(question.Query, Unknown(reason), 0, [], null));
        }

        PairAnswer answer = question.Named is { } named && ByName(Ask(property, named)) is { Asked.Answer.Verdict: Verdict.Holds } same ? same
            : Ask(property, question.Query);
        if (answer.Asked is { Answer.Verdict: Verdict.Violated } && question.Certain is { } certain)
        {
            PairAnswer sure = Ask(property, certain);
            answer = sure.Asked is { Answer.Verdict: Verdict.Holds } ? new PairAnswer(answer.Asked.Value with { Answer = Unknown(question.Open) }) : sure;
        }

        return answer.Asked is not { } asked ? answer : asked.Answer switch
        {
            { Verdict: Verdict.Holds } when !question.UnknownIfHolds.IsEmpty && !IsShared(property, question) =>
                new PairAnswer(asked with { Answer = Unknown(Together(question.UnknownIfHolds)), Certificate = null }),
            { Verdict: Verdict.Violated, Witness: var witness } when !question.UnknownIfViolated.IsEmpty => new PairAnswer(asked with
            {
                Answer = Unknown(witness is null ? Together(question.UnknownIfViolated)
                    : $"what is known lets a request through ({witness.Request.Action} on {witness.Request.Resource}), and what is not known may block it: "
                        + Together(question.UnknownIfViolated)),
            }),
            _ => answer,
        };
    }

    /// <summary>Whether all that is not known is so on both sides of a comparison alike, and plays no part.</summary>
    private bool IsShared(ConfiguredProperty property, ConfiguredQuestion question) =>
        question.Shared is { } shared && Ask(property, shared).Asked?.Answer.Verdict == Verdict.Holds;

    private static PairAnswer ByName(PairAnswer answer) => answer.Asked is { } asked
        ? answer with { Asked = asked with { Answer = asked.Answer with { Warnings = asked.Answer.Warnings.Add(NamesDiffer) } } } : answer;

    private static string Together(ImmutableArray<string> reasons) => string.Join("; ", reasons);

    private static Answer Unknown(string reason) => new(Verdict.Unknown, null, reason, [], [], 0, []);

    private PairAnswer Ask(ConfiguredProperty property, Query query)
    {
        Interlocked.Increment(ref asked);
        try
        {
            return new PairAnswer(ask(query, property.Id));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new PairAnswer(null, e);
        }
    }

    /// <summary>The same words once: of an organization there are many stacks with the same ones.</summary>
    private ImmutableArray<string> Shared(ImmutableArray<string> words)
    {
        if (words.IsEmpty)
        {
            return words;
        }

        string key = string.Join('\n', words);
        lock (gate)
        {
            if (!given.TryGetValue(key, out ImmutableArray<string> known))
            {
                given.Add(key, known = words);
            }

            return known;
        }
    }
}
