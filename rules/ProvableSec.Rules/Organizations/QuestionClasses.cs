using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Organizations;

/// <summary>
/// Sorts the questions of a property about many stacks so that equal ones are asked once. Two are equal where their stacks have the same statements about the
/// requests
/// that the property speaks of (<see cref="RelevantActions"/>), in the same layers, and neither these nor the property tell their principals or accounts apart.
/// Where only
/// the principals differ, one question about all of them comes first.
/// </summary>
internal sealed class QuestionClasses
{
    /// <summary>How many principals one question is about at most.</summary>
    private const int MostTogether = 128;

    private readonly KnownStatements statements = new();

    /// <summary>Sorts the questions of one property.</summary>
    /// <param name="questions">
    /// The questions, which differ in their subject and baseline only, and in what of the request follows from the subject; and whose policies each is about,
    /// where the question names that
    /// principal for this reason only.
    /// </param>
    public ImmutableArray<QuestionClass> Sort(IReadOnlyList<(Query Query, CallerPrincipal? Caller)> questions)
    {
        if (questions.Count == 0)
        {
            return ImmutableArray<QuestionClass>.Empty;
        }

        var actions = new RelevantActions(questions[0].Query);
        var isRelevant = new Dictionary<int, bool>();
        var classes = new Dictionary<string, List<(int Index, string Principal)>>(StringComparer.Ordinal);
        for (int i = 0; i < questions.Count; i++)
        {
            var key = new KeyOfQuestion(statements, number => Relevant(number));
            key.Add(questions[i].Query, questions[i].Caller);
            string text = key.Text;
            if (!classes.TryGetValue(text, out List<(int Index, string Principal)>? members))
            {
                classes.Add(text, members = []);
            }

            members.Add((i, key.Principal));
        }

        return classes.Values.SelectMany(members => Split(members, questions)).ToImmutableArray();

        bool Relevant(int number)
        {
            if (!isRelevant.TryGetValue(number, out bool known))
            {
                isRelevant.Add(number, known = actions.AreIn(statements[number].Statement));
            }

            return known;
        }
    }

    private static IEnumerable<QuestionClass> Split(List<(int Index, string Principal)> members,
        IReadOnlyList<(Query Query, CallerPrincipal? Caller)> questions)
    {
        Query query = questions[members[0].Index].Query;
        ImmutableArray<int>[] apart = [.. members.GroupBy(member => member.Principal, member => member.Index, StringComparer.Ordinal)
            .Select(group => group.ToImmutableArray())];
        // That something can be done says nothing of each; and a baseline has an account of its own.
        int most = query.Question is Question.NotGranted or Question.Granted && query.Baseline is null ? MostTogether : 1;
        for (int from = 0; from < apart.Length; from += most)
        {
            ImmutableArray<int>[] some = [.. apart.Skip(from).Take(most)];
            yield return some.Length == 1
                ? new QuestionClass(questions[some[0][0]].Query, some[0], ImmutableArray<ImmutableArray<int>>.Empty)
                : new QuestionClass(Together([.. some.Select(group => questions[group[0]])]), some.SelectMany(group => group).ToImmutableArray(),
                    some.ToImmutableArray());
        }
    }

    /// <summary>The first question, asked about the principals of all of them.</summary>
    private static Query Together((Query Query, CallerPrincipal? Caller)[] questions)
    {
        Query first = questions[0].Query;
        PolicyStack stack = first.Subject.Stack! with { Account = null };
        if (stack.Organization is { } organization)
        {
            ImmutableDictionary<string, string>.Builder accounts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach ((Query query, _) in questions)
            {
                foreach (KeyValuePair<string, string> account in query.Subject.Stack!.Organization!.Accounts)
                {
                    accounts[account.Key] = account.Value;
                }
            }

            stack = stack with { Organization = new Organization(organization.Id, organization.ManagementAccount, accounts.ToImmutable()) };
        }

        ImmutableArray<string> names = questions.Select(question => question.Caller!.Name).ToImmutableArray();
        return first with
        {
            Subject = Subject.Of(stack),
            Request = first.Request with { Principal = new FieldPattern(false, names, ImmutableArray<string>.Empty) }
        };
    }

    /// <summary>What of a question bears on its answer, as a text.</summary>
    private sealed class KeyOfQuestion(KnownStatements statements, Func<int, bool> isRelevant)
    {
        private readonly StringBuilder text = new();
        private bool speaksOfPrincipal, speaksOfAccount, speaksOfOrganization;

        /// <summary>The text; equal for questions of which one answer may do.</summary>
        public string Text => text.ToString();

        /// <summary>What of the principal bears on the answer.</summary>
        public string Principal { get; private set; } = "";

        public void Add(Query query, CallerPrincipal? caller)
        {
            foreach (PolicyDocument? document in (PolicyDocument?[])[query.Property, query.Baseline?.Document])
            {
                foreach (int number in document is null ? [] : statements.Of(document))
                {
                    Note(number);
                }
            }

            Line($"{query.Type} {query.Request.ResourceAccount}");
            Add(query.Subject);
            if (query.Baseline is { } baseline)
            {
                Line("baseline");
                Add(baseline);
            }

            speaksOfAccount |= query.Request.ResourceAccount is not null || query.Request.Resource is not null;
            if (caller is null)
            {
                Principal = query.Request.Principal is { } named ? string.Join(" ", named.Literals.Concat(named.Like)) : "";
                Line(Principal);
                Line(query.Subject.Stack?.Account ?? "");
                Add(query.Subject.Stack?.Organization, "");
                return;
            }

            string member = query.Subject.Stack!.Organization is { } organization
                ? $"{organization.ManagementAccount == caller.Account} {organization.Accounts.ContainsKey(caller.Account)}" : "";
            Line($"{caller.Kind} {caller.Partition} {caller.Path.StartsWith("aws-service-role/", StringComparison.Ordinal)} {member}");
            Add(query.Subject.Stack.Organization, speaksOfOrganization ? "" : caller.Account);

            // Whose policies speak of neither has the access that anybody with them has.
            Principal = speaksOfPrincipal || query.Request.Context.Length > 0 ? caller.Name : speaksOfAccount || speaksOfOrganization ? caller.Account : "";
        }

        private void Add(Subject subject)
        {
            if (subject.Document is { } alone)
            {
                Line("alone");
                Add(alone);
                return;
            }

            PolicyStack stack = subject.Stack!;
            bool grants = false;
            foreach (PolicyLayerInfo layer in PolicyLayers.All)
            {
                if (layer.Documents(stack) is not { } levels)
                {
                    continue;
                }

                Line($"{layer.Name} {levels.Length}");
                foreach (ImmutableArray<PolicyDocument> level in levels)
                {
                    grants |= layer.Grants && level.Any(document => document.Statements.Any(statement => statement.Effect == Effect.Allow));
                    if (layer.Shape == PolicyLayerShape.One || layer.EachMustAllow)
                    {
                        foreach (PolicyDocument document in level)
                        {
                            Add(document);
                        }
                    }
                    else
                    {
                        Line(Numbers(level.SelectMany(document => statements.Of(document)).Where(isRelevant).Distinct().OrderBy(number => number)));
                    }
                }
            }

            // A stack that grants nothing at all makes what is claimed of it vacuous.
            Line($"{stack.HasNoResourcePolicy} {grants}");
        }

        private void Add(PolicyDocument document) => Line(Numbers(statements.Of(document).Where(isRelevant)));

        private void Add(Organization? organization, string without)
        {
            if (organization is not null)
            {
                Line($"{organization.Id} {organization.ManagementAccount} "
                    + $"{string.Join(" ", organization.Accounts.Where(account => account.Key != without).OrderBy(account => account.Key, StringComparer.Ordinal).Select(account => account.Key + "=" + account.Value))}");
            }
        }

        private string Numbers(IEnumerable<int> numbers)
        {
            var line = new StringBuilder();
            foreach (int number in numbers)
            {
                Note(number);
                line.Append(number.ToString(CultureInfo.InvariantCulture)).Append(' ');
            }

            return line.ToString();
        }

        private void Note(int number)
        {
            KnownStatement statement = statements[number];
            speaksOfPrincipal |= statement.SpeaksOfPrincipal;
            speaksOfAccount |= statement.SpeaksOfAccount;
            speaksOfOrganization |= statement.SpeaksOfOrganization;
        }

        private void Line(string line) => text.Append(line).Append('\n');
    }
}
