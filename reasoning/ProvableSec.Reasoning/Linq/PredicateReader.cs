using System.Globalization;
using System.Linq.Expressions;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Reasoning.Linq;

/// <summary>Reads what stands behind <c>where</c>. What it does not know it refuses by name; nothing is guessed and nothing is run.</summary>
internal static class PredicateReader
{
    public static RequestPredicate Read(Expression<Func<RequestExpression, bool>> predicate) => Read(predicate.Body);

    private static RequestPredicate Read(Expression expression)
    {
        switch (expression)
        {
            case BinaryExpression { NodeType: ExpressionType.AndAlso } both:
                return new RequestPredicate.AllOf([Read(both.Left), Read(both.Right)]);
            case BinaryExpression { NodeType: ExpressionType.OrElse } either:
                return new RequestPredicate.AnyOf([Read(either.Left), Read(either.Right)]);
            case UnaryExpression { NodeType: ExpressionType.Not } not:
                return new RequestPredicate.Not(Read(not.Operand));
            case BinaryExpression { Method: { } method } comparison when method.DeclaringType == typeof(RequestText):
                return Comparison(comparison, RequestField.Read(comparison.Left));
            case MemberExpression { Member.Name: nameof(RequestText.IsPresent), Expression: { } text } when text.Type == typeof(RequestText):
                return RequestField.Read(text).IsPresent;
            case MemberExpression { Member.Name: nameof(RequestText.IsAbsent), Expression: { } text } when text.Type == typeof(RequestText):
                return new RequestPredicate.Not(RequestField.Read(text).IsPresent);
            case MethodCallExpression { Object: { } text, Arguments.Count: 1 } call when call.Method.DeclaringType == typeof(RequestText)
                && call.Method.Name != nameof(Equals):
                return Call(call, RequestField.Read(text), CapturedValue.Text(call.Arguments[0]));
            case ConstantExpression { Value: bool constant }:
                return Constant(constant);
            case MemberExpression { Expression: null or ConstantExpression or MemberExpression } captured when captured.Type == typeof(bool):
                return Constant(CapturedValue.Of(captured) is true);
            default:
                throw UnsupportedExpression.Named(
                    expression,
                    "known are &&, ||, !, comparisons of r.Action, r.Resource, r.Principal and r[\"key\"] with constants and variables, and the methods of "
                        + "RequestText");
        }
    }

    private static RequestPredicate Constant(bool value) => value ? new RequestPredicate.AllOf([]) : new RequestPredicate.AnyOf([]);

    private static RequestPredicate Comparison(BinaryExpression comparison, RequestField field)
    {
        bool not = comparison.NodeType == ExpressionType.NotEqual;
        RequestPredicate test;
        if (comparison.Right.Type == typeof(string))
        {
            test = field.Is(CapturedValue.Text(comparison.Right));
        }
        else
        {
            bool date = comparison.Right.Type == typeof(DateTimeOffset);
            string value = CapturedValue.Of(comparison.Right) switch
            {
                DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
                decimal number => number.ToString(CultureInfo.InvariantCulture),
                _ => throw UnsupportedExpression.Named(comparison, "it compares with what is neither a text, a number nor a DateTimeOffset"),
            };
            ConditionComparison compared = comparison.NodeType switch
            {
                ExpressionType.LessThan => date ? ConditionComparison.DateLessThan : ConditionComparison.NumericLessThan,
                ExpressionType.LessThanOrEqual => date ? ConditionComparison.DateLessThanEquals : ConditionComparison.NumericLessThanEquals,
                ExpressionType.GreaterThan => date ? ConditionComparison.DateGreaterThan : ConditionComparison.NumericGreaterThan,
                ExpressionType.GreaterThanOrEqual => date ? ConditionComparison.DateGreaterThanEquals : ConditionComparison.NumericGreaterThanEquals,
                _ => date ? ConditionComparison.DateEquals : ConditionComparison.NumericEquals,
            };
            test = field.Compares(compared, value) ?? throw UnsupportedExpression.Named(comparison, "actions and resources are not numbers and no dates");
        }

        return not ? new RequestPredicate.Not(test) : test;
    }

    private static RequestPredicate Call(MethodCallExpression call, RequestField field, string argument)
    {
        switch (call.Method.Name)
        {
            case nameof(RequestText.Matches):
                return field.Like(PolicyPattern.Plain(argument));
            case nameof(RequestText.StartsWith):
                return field.Like(RequestField.Pattern("", argument, "*"));
            case nameof(RequestText.EndsWith):
                return field.Like(RequestField.Pattern("*", argument, ""));
            case nameof(RequestText.Contains):
                return field.Like(RequestField.Pattern("*", argument, "*"));
            default:
                if (!Values.AddressSet.IsRange(argument))
                {
                    throw UnsupportedExpression.Named(call, $"\"{argument}\" is not an address or a CIDR range");
                }

                // A bare IPv6 address may mean a /32 to AWS; here it means itself.
                bool bare = argument.IndexOf(':') >= 0 && argument.IndexOf('/') < 0;
                return field.Compares(ConditionComparison.IpAddress, bare ? argument + "/128" : argument)
                    ?? throw UnsupportedExpression.Named(call, "actions and resources are not addresses");
        }
    }
}
