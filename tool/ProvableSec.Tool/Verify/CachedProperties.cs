using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Verify;

/// <summary>
/// The answers about all stacks of a property as one entry of the cache: of an organization there are thousands, and to sort them costs more than to know that nothing of them has
/// changed. Where something has, each question is looked up by itself.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="limits">What the command line says of every question.</param>
internal sealed class CachedProperties(VerdictCache cache, AnswerLimits limits)
{
    /// <summary>Fewer questions are as quickly looked up one by one.</summary>
    private const int LeastQuestions = 16;

    private static readonly ConditionalWeakTable<PolicyStack, string> Stacks = [];

    /// <summary>The key of a property; null where its questions differ in more than whom they are about, or not all is known of their stacks.</summary>
    public string? KeyOf(ConfiguredProperty property)
    {
        ImmutableArray<ConfiguredQuestion> questions = property.Questions;
        if (questions.Length < LeastQuestions || !questions.All(question => question is { IsKnown: true, Named: null, Shared: null, Query.Subject.Stack: not null, Query.Baseline: null }))
        {
            return null;
        }

        Query first = questions[0].Query;
        if (QuestionKey.Of(first) is not { } same)
        {
            return null;
        }

        var members = new StringBuilder();
        foreach (ConfiguredQuestion question in questions)
        {
            RequestPattern request = question.Query.Request;
            if (question.Query with { Subject = first.Subject, Request = first.Request, Id = first.Id } != first
                || request with { Principal = first.Request.Principal, PrincipalType = first.Request.PrincipalType, ResourceAccount = first.Request.ResourceAccount } != first.Request)
            {
                return null;
            }

            members.Append(Stacks.GetValue(question.Query.Subject.Stack!, DigestOf)).Append(' ').Append(request.PrincipalType).Append(' ').Append(request.ResourceAccount).Append(' ');
            foreach (string word in request.Principal is { } principal ? principal.Literals.Concat(principal.Like).Append(principal.IsAbsent ? "absent" : "given") : ["any"])
            {
                members.Append(word.Length).Append(' ').Append(word).Append(' ');
            }

            members.Append(question.Caller is { } caller ? $"{caller.Kind} {caller.Name}" : "nobody").Append('\n');
        }

        return new CacheKey("property").Add("question", same).Add("members", members.ToString())
            .Add("limits", string.Create(CultureInfo.InvariantCulture, $"{limits.Budget} {limits.DefaultReadingsOnly} {limits.AsOf}")).ToString();
    }

    /// <summary>The answers of before; null where there are none.</summary>
    public PairAnswer[]? Find(string key, ConfiguredProperty property) => cache.Find(key, bytes =>
    {
        using var document = JsonDocument.Parse(bytes);
        JsonElement json = document.RootElement;
        AskedAnswer[] answers = [.. json.List("answers").Select(answer =>
        {
            Query query = limits.Applied(property.Questions[answer.Number("question")].Query);
            return new AskedAnswer(query, AnswerRecord.Read(answer, query), 0, [], null);
        })];
        ImmutableArray<string>[] given = [.. json.List("given").Select(words => words.Texts("words"))];
        PairAnswer[] found = [.. json.List("members").Chunk(2).Select(pair => new PairAnswer(answers[pair[0].GetInt32()]) { Given = given[pair[1].GetInt32()] })];
        return found.Length == property.Questions.Length ? found : null;
    });

    /// <summary>Keeps the answers, where all of them are answers that another run would have.</summary>
    public void Keep(string key, ConfiguredProperty property, PairAnswer[] answers)
    {
        if (answers.Any(answer => answer.Asked is not { } asked || asked.Answer.UnknownBecause is UnknownReason.Canceled or UnknownReason.Contradicted))
        {
            return;
        }

        var numbers = new Dictionary<Answer, int>(ReferenceEqualityComparer.Instance);
        var givenNumbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var firsts = new List<int>();
        var words = new List<ImmutableArray<string>>();
        var members = new List<int>();
        for (int i = 0; i < answers.Length; i++)
        {
            Answer answer = answers[i].Asked!.Value.Answer;
            if (!numbers.TryGetValue(answer, out int number))
            {
                numbers.Add(answer, number = firsts.Count);
                firsts.Add(i);
            }

            string together = string.Join('\n', answers[i].Given);
            if (!givenNumbers.TryGetValue(together, out int givenNumber))
            {
                givenNumbers.Add(together, givenNumber = words.Count);
                words.Add(answers[i].Given);
            }

            members.Add(number);
            members.Add(givenNumber);
        }

        // An answer is read against the policies of the first stack that it is about.
        if (firsts.Any(place => !AnswerRecord.CanWrite(property.Questions[place].Query, answers[place].Asked!.Value.Answer)))
        {
            return;
        }

        cache.Keep(key, JsonRecord.Of(json =>
        {
            JsonRecord.WriteAll(json, "answers", firsts, place =>
            {
                json.WriteNumber("question", place);
                AnswerRecord.Write(json, property.Questions[place].Query, answers[place].Asked!.Value.Answer);
            });
            JsonRecord.WriteAll(json, "given", words, one => JsonRecord.Write(json, "words", one));
            json.WriteStartArray("members");
            foreach (int number in members)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
        }));
    }

    private static string DigestOf(PolicyStack stack)
    {
        var key = new CacheKey("stack");
        StackKey.Add(key, stack);
        return key.ToString();
    }
}
