using System.Collections.Immutable;
using System.Linq.Expressions;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Linq;

/// <summary>The part of a request that a comparison speaks of, and the tests there are of it.</summary>
internal abstract class RequestField
{
    /// <summary>The key that <see cref="RequestExpression.Principal"/> is.</summary>
    private const string PrincipalArn = "aws:PrincipalArn";

    public static RequestField Action { get; } = new NameField(p => new RequestPredicate.ActionTest(p), r => r.Request.Action);

    public static RequestField Resource { get; } = new NameField(p => new RequestPredicate.ResourceTest(p), r => r.Request.Resource);

    public static RequestField Key(string key) => new KeyField(key);

    /// <summary>The field that an expression of type <see cref="RequestText"/> names.</summary>
    public static RequestField Read(Expression expression)
    {
        switch (expression)
        {
            case MemberExpression { Expression: ParameterExpression, Member.Name: nameof(RequestExpression.Action) }:
                return Action;
            case MemberExpression { Expression: ParameterExpression, Member.Name: nameof(RequestExpression.Resource) }:
                return Resource;
            case MemberExpression { Expression: ParameterExpression, Member.Name: nameof(RequestExpression.Principal) }:
                return Key(PrincipalArn);
            case MethodCallExpression { Object: ParameterExpression, Arguments.Count: 1 } index:
                string key = CapturedValue.Text(index.Arguments[0]);
                return key.IndexOf(':') > 0 ? Key(key) : throw UnsupportedExpression.Named(expression,
                    "a condition key has a colon, as in aws:RequestedRegion");
            default:
                throw UnsupportedExpression.Named(expression, "a text of the request is r.Action, r.Resource, r.Principal or r[\"key\"]");
        }
    }

    /// <summary>A pattern around a text in which nothing is a wildcard.</summary>
    public static PolicyPattern Pattern(string before, string text, string after) =>
        PolicyPattern.WithVariables(before + string.Concat(text.Select(c => c is '*' or '?' or '$' ? $"${{{c}}}" : c.ToString())) + after, default, out _);

    /// <summary>The field has a value.</summary>
    public abstract RequestPredicate IsPresent { get; }

    /// <summary>The field is a text.</summary>
    public abstract RequestPredicate Is(string text);

    /// <summary>The field matches a pattern.</summary>
    public abstract RequestPredicate Like(PolicyPattern pattern);

    /// <summary>The field compares with a value that is not text; null when it never does.</summary>
    public abstract RequestPredicate? Compares(ConditionComparison comparison, string value);

    /// <summary>The field has these values and no others; none for absent.</summary>
    public abstract RequestPredicate Has(IReadOnlyList<string> values);

    /// <summary>What the field is in a request; nothing when it is absent.</summary>
    public abstract IReadOnlyList<string> ValuesIn(PredicateReplay request);

    /// <summary>The action or the resource, which every request has.</summary>
    private sealed class NameField(Func<PolicyPattern, RequestPredicate> test, Func<PredicateReplay, string> valueIn) : RequestField
    {
        public override RequestPredicate IsPresent => new RequestPredicate.AllOf([]);

        public override RequestPredicate Is(string text) => Like(Pattern("", text, ""));

        public override RequestPredicate Like(PolicyPattern pattern) => test(pattern);

        public override RequestPredicate? Compares(ConditionComparison comparison, string value) => null;

        public override RequestPredicate Has(IReadOnlyList<string> values) => Is(values[0]);

        public override IReadOnlyList<string> ValuesIn(PredicateReplay request) => [valueIn(request)];
    }

    private sealed class KeyField(string key) : RequestField
    {
        public override RequestPredicate IsPresent => Test(SetOperator.None, ConditionComparison.Null, PolicyPattern.Plain("false"));

        public override RequestPredicate Is(string text) => Some(ConditionComparison.StringEquals, PolicyPattern.Plain(text));

        public override RequestPredicate Like(PolicyPattern pattern) => Some(ConditionComparison.StringLike, pattern);

        public override RequestPredicate Compares(ConditionComparison comparison, string value) => Some(comparison, PolicyPattern.Plain(value));

        public override RequestPredicate Has(IReadOnlyList<string> values) => values.Count == 0
            ? new RequestPredicate.Not(IsPresent)
            : new RequestPredicate.AllOf([.. values.Select(Is),
                Test(SetOperator.ForAllValues, ConditionComparison.StringEquals, [.. values.Select(v => PolicyPattern.Plain(v))])]);

        public override IReadOnlyList<string> ValuesIn(PredicateReplay request) => request.ValuesOf(key);

        private RequestPredicate Some(ConditionComparison comparison, PolicyPattern pattern) => Test(SetOperator.ForAnyValue, comparison, pattern);

        private RequestPredicate Test(SetOperator set, ConditionComparison comparison, params PolicyPattern[] values)
        {
            string name = set == SetOperator.None ? comparison.ToString() : $"{set}:{comparison}";
            return new RequestPredicate.KeyTest(new Condition(new ConditionOperator(set, comparison, false, name), key, key.ToLowerInvariant(),
                values.ToImmutableArray(), default, default));
        }
    }
}
