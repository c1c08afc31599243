using System.Linq.Expressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Linq;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>Policies to ask about.</summary>
internal static class Given
{
    public const string GetObject = "s3:GetObject", TheObject = "arn:aws:s3:::b/k";

    public static PolicyDocument Alone(params string[] statements) => PolicyReader.Read(new DocumentText(Document(statements)));

    public static PolicyStack Stack(params string[] statements) => PolicyStack.Empty with { Account = "111122223333", IdentityPolicies = [Alone(statements)] };

    /// <summary>Whether the predicate holds of some request with this value of <c>a:k</c>; null for none.</summary>
    public static bool With(string? value, Expression<Func<RequestExpression, bool>> predicate) =>
        Alone(Allow(value is null ? If("Null", "a:k", "true") : If("StringEquals", "a:k", value), GetObject, TheObject)).AllowedRequests().Where(predicate)
            .Any();
}
