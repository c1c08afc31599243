using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>
/// The member <c>supposed</c> of a request, which a witness of the prover has where it needs policies that its question does not give. A case with
/// such a request is decided with them, so that it decides as the prover says; what the case gives itself, counts.
/// </summary>
internal static class SupposedPolicies
{
    /// <summary>The members of a witness that a request may have beside its own.</summary>
    public const string Supposed = "supposed", CallerPolicies = "callerPolicies";

    private static readonly string[] Members = ["resourcePolicy", "identityPolicies"];

    /// <summary>What the caller's own policies are supposed to be.</summary>
    public static readonly PolicyDocument Everything = PolicyReader.Read(
        new DocumentText("""{"Version":"2012-10-17","Statement":{"Sid":"OwnPolicies","Effect":"Allow","Action":"*","Resource":"*"}}""",
            "the caller's own policies"));

    /// <summary>The stack with what the request supposes.</summary>
    public static PolicyStack Beside(PolicyStack stack, JsonItem request, PolicyLoader loader, CaseProblems problems)
    {
        if (request.Kind != JsonKind.Object || !request.TryGetProperty(Supposed, out JsonItem supposed))
        {
            return stack;
        }

        if (supposed.Kind != JsonKind.Object)
        {
            problems.WrongType(supposed, Supposed, "an object with resourcePolicy or identityPolicies");
        }

        foreach (JsonMember property in supposed.Properties())
        {
            switch (property.Name)
            {
                case "resourcePolicy" when stack is { ResourcePolicy: null, HasNoResourcePolicy: false }:
                    stack = stack with { ResourcePolicy = loader.Read(property.Value, "resourcePolicy", problems) };
                    break;
                case "identityPolicies" when problems.ExpectString(property.Value, "identityPolicies") is { } word:
                    if (word != "allow")
                    {
                        problems.Add(property.Value, ProblemCode.InvalidValue,
                            $"a supposed identityPolicies must be \"allow\", not \"{CaseProblems.Shown(word)}\"");
                    }

                    stack = stack.IdentityPolicies is null ? stack with { IdentityPolicies = ImmutableArray.Create(Everything) } : stack;
                    break;
                case "resourcePolicy" or "identityPolicies":
                    break;
                default:
                    problems.Unknown(property, Supposed, Members);
                    break;
            }
        }

        return stack;
    }
}
