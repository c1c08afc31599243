using ProvableSec.Policy.Accounts;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Bench.Workload;

/// <summary>What is asked of each role of the generated organization.</summary>
internal static class GuardrailsQuestion
{
    /// <summary>What is asked of a role: whether it can change the guardrails.</summary>
    public static Query Of(AccountPrincipal principal, OrganizationControls controls, PolicyDocument guardrails) => new()
    {
        Question = Question.NotGranted,
        Subject = Subject.Of(AccessFinder.StackOf(principal, controls)),
        TypeFrom = PolicyTypeOrigin.Stack,
        Property = guardrails,
        Request = new RequestPattern { Principal = FieldPattern.Literal(principal.Caller.Name), PrincipalType = principal.Caller.Kind },
        Explain = false,
    };
}
