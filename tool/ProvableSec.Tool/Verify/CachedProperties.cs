using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Answers;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Verify;

/// <summary>
/// The answers about all stacks of a property as one entry of the cache: of an organization there are thousands, and to sort them costs more than to know that
/// nothing of them has
/// changed. Where something has, each question is looked up by itself.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="limits">What the command line says of every question.</param>
internal sealed class CachedProperties(VerdictCache cache, AnswerLimits limits)
{
    /// <summary>Fewer questions are as quickly looked up one by one.</summary>
    private const int LeastQuestions = 16;

    private static readonly ConditionalWeakTable<PolicyStack, string> Stacks = [];

    /// <summary>The questions that were hashed last; whole or null, since several workers ask.</summary>
    private volatile Tuple<ImmutableArray<ConfiguredQuestion>, string>? known;

    /// <summary>Hashes the stacks, several at a time and each once: every property is about all of them.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="jobs">How many at a time.</param>
    public static void Hash(IReadOnlyList<ConfiguredProperty> properties, int jobs)
    {
        PolicyStack[] stacks = [.. properties.Where(property => property.Questions.Length >= LeastQuestions).SelectMany(property => property.Questions)
            .Select(question => question.Query.Subject.Stack).OfType<PolicyStack>().Distinct<PolicyStack>(ReferenceEqualityComparer.Instance)];
        // Stacks of one account share policies, and are hashed by one worker.
        Parallel.ForEach(Partitioner.Create(0, Math.Max(1, stacks.Length)), new ParallelOptions { MaxDegreeOfParallelism = jobs }, range =>
        {
            for (int i = range.Item1; i < Math.Min(range.Item2, stacks.Length); i++)
            {
                Stacks.GetValue(stacks[i], DigestOf);
            }
        });
    }

    /// <summary>The key of a property; null where its questions differ in more than whom they are about, or not all is known of their stacks.</summary>
    public string? KeyOf(ConfiguredProperty property)
    {
        ImmutableArray<ConfiguredQuestion> questions = property.Questions;
        if (questions.Length < LeastQuestions || !questions.All(question =>
            question is { IsKnown: true, Named: null, Shared: null, Query.Subject.Stack: not null, Query.Baseline: null }))
        {
            return null;
        }

        Query first = questions[0].Query;
        if (QuestionKey.Of(first) is not { } same)
        {
            return null;
        }

        return !AreAlike(questions, first) ? null : new CacheKey("property").Add("question", same).Add("members", MembersOf(questions))
            .Add("limits", string.Create(CultureInfo.InvariantCulture, $"{limits.Budget} {limits.DefaultReadingsOnly} {limits.AsOf}")).ToString();
    }

    // Runs for each of hundreds of thousands of questions, and is not left to become fast by and by.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreAlike(ImmutableArray<ConfiguredQuestion> questions, Query first)
    {
        foreach (ConfiguredQuestion question in questions)
        {
            if (!QuestionKey.AreAlike(question.Query, first))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The hash of which stacks the questions are about, and of whose requests. Most properties are about those of the property before.</summary>
    private string MembersOf(ImmutableArray<ConfiguredQuestion> questions)
    {
        if (known is (var before, var same) && AreAboutTheSame(before, questions))
        {
            return same;
        }

        var key = new CacheKey("members");
        foreach (ConfiguredQuestion question in questions)
        {
            key.Add("stack", Stacks.GetValue(question.Query.Subject.Stack!, DigestOf)).Add("request", DigestOf(question.Query.Request))
                .Add("caller", question.Caller?.Name).Add("of", NameOf(question.Caller?.Kind));
        }

        string digest = key.ToString();
        known = Tuple.Create(questions, digest);
        return digest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreAboutTheSame(ImmutableArray<ConfiguredQuestion> one, ImmutableArray<ConfiguredQuestion> other)
    {
        for (int i = 0; i < one.Length && one.Length == other.Length; i++)
        {
            if (!ReferenceEquals(one[i].Query.Subject.Stack, other[i].Query.Subject.Stack) || !ReferenceEquals(one[i].Query.Request, other[i].Query.Request)
                || !ReferenceEquals(one[i].Caller, other[i].Caller))
            {
                return false;
            }
        }

        return one.Length == other.Length;
    }

    /// <summary>The answers of before; null where there are none.</summary>
    public PairAnswer[]? Find(string key, ConfiguredProperty property) => cache.Find<PairAnswer[]>(key, bytes =>
    {
        using var document = JsonDocument.Parse(bytes);
        JsonElement json = document.RootElement;
        AskedAnswer[] answers = [.. json.List("answers").Select(answer =>
        {
            Query query = limits.Applied(property.Questions[answer.Number("question")].Query);
            return new AskedAnswer(query, AnswerRecord.Read(answer, query), 0, [], null);
        })];
        ImmutableArray<string>[] given = [.. json.List("given").Select(words => words.Texts("words"))];
        PairAnswer[] distinct = [.. json.List("pairs").Select(pair => new PairAnswer(answers[pair[0].GetInt32()]) { Given = given[pair[1].GetInt32()] })];
        byte[] members = json.GetProperty("members").GetBytesFromBase64();
        return members.Length != property.Questions.Length * sizeof(int) ? null
            : [.. Enumerable.Range(0, property.Questions.Length)
                .Select(i => distinct[BinaryPrimitives.ReadInt32LittleEndian(members.AsSpan(i * sizeof(int)))])];
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
        var pairNumbers = new Dictionary<(int Answer, int Given), int>();
        byte[] members = new byte[answers.Length * sizeof(int)];
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

            if (!pairNumbers.TryGetValue((number, givenNumber), out int pair))
            {
                pairNumbers.Add((number, givenNumber), pair = pairNumbers.Count);
            }

            BinaryPrimitives.WriteInt32LittleEndian(members.AsSpan(i * sizeof(int)), pair);
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
            json.WriteStartArray("pairs");
            foreach ((int answer, int words) in pairNumbers.OrderBy(pair => pair.Value).Select(pair => pair.Key))
            {
                json.WriteStartArray();
                json.WriteNumberValue(answer);
                json.WriteNumberValue(words);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            // One number for each of thousands of stacks: which of the pairs it is.
            json.WriteBase64String("members", members);
        }));
    }

    private static string? NameOf<T>(T? kind)
        where T : struct, Enum => kind is { } given ? Enum.GetName(given) : null;

    /// <summary>Whose requests they are: what of a question about another stack may be another.</summary>
    private static string DigestOf(RequestPattern request)
    {
        CacheKey key = new CacheKey("request").Add("account", request.ResourceAccount).Add("kind", NameOf(request.PrincipalType));
        return request.Principal is not { } principal ? key.ToString()
            : key.Add("principal", principal.IsAbsent ? "absent" : "given").Add("literals", principal.Literals).Add("like", principal.Like).ToString();
    }

    private static string DigestOf(PolicyStack stack)
    {
        var key = new CacheKey("stack");
        StackKey.Add(key, stack);
        return key.ToString();
    }
}
