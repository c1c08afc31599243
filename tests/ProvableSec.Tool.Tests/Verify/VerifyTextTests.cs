namespace ProvableSec.Tool.Tests.Verify;

/// <summary>Golden output: what a person sees.</summary>
public sealed class VerifyTextTests : IDisposable
{
    private readonly VerifyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_proved_and_a_violated_property()
    {
        ToolRun run = folder.Verify("""
            {"id": "no-iam", "says": "The app does nothing in IAM", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"},
            {"id": "no-region-switch", "says": "The app enables no Region", "question": "not-granted", "stacks": ["app"], "request": {"principal": "arn:aws:iam::111122223333:role/dev", "resource": "arn:aws:account::111122223333:account"}, "forbidden": "properties/regions.json"}
            """);
        Assert.Equal(
            """
            ✓ no-iam            The app does nothing in IAM  holds<time>   (given: no direct grants)
            ✗ no-region-switch  The app enables no Region    violated<time>
                A request that gets through
                  principal   arn:aws:iam::111122223333:role/dev
                  action      account:EnableRegion
                  resource    arn:aws:account::111122223333:account
                Allowed by policies/roles/app.json:6 · statement 0 "PowerUser"
                  6 │     "NotAction": ["iam:*", "organizations:*"],
                    │     ^^^^^^^^^^^ account:EnableRegion is not excluded
                Nothing denies it.
                Would block it: "account:*" in NotAction; or a Deny of account:EnableRegion in an SCP above this account.
              given: identity policy (1), account 111122223333 [app]
              stronger: give the resource's policy (resourcePolicy, null where it has none) [no-iam]
            2 properties: 1 holds, 1 violated · 3 documents, 0 findings ·<time>

            """.ReplaceLineEndings("\n"),
            folder.Stable(run.Output));
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void A_statement_that_nearly_denies_is_shown_with_its_condition()
    {
        ToolRun run = folder.Verify("""{"id": "mfa", "question": "not-granted", "stacks": ["guarded"], "forbidden": {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:StopInstances","Resource":"*","Condition":{"Null":{"aws:MultiFactorAuthPresent":"true"}}}}}""");
        string text = folder.Stable(run.Output);
        Assert.Contains("      aws:MultiFactorAuthPresent   (absent)\n", text, StringComparison.Ordinal);
        Assert.Contains(
            """
                Let through by serviceControlPolicies (policies/scp/full.json:1 · statement 0)
                Nothing denies it: policies/scp/mfa.json:9 · statement 0 "Mfa" would, but for Bool aws:MultiFactorAuthPresent
                  9 │       "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}
                    │                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is not in the request
                Would block it: "ec2:*" in NotAction; or BoolIfExists in place of Bool in "Mfa"; or a Deny of ec2:StopInstances in an SCP above this account.
            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_should_be_allowed_and_is_denied_shows_the_deny_and_its_condition()
    {
        ToolRun run = folder.Verify("""{"id": "stop", "question": "can", "stacks": ["guarded"], "request": {"action": "ec2:StopInstances", "context": {"aws:MultiFactorAuthPresent": "false"}}}""");
        string text = folder.Stable(run.Output);
        Assert.Contains("✗ stop  violated", text.Replace("    violated", "  violated", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("    No completion of the request is allowed.\n    Because of policies/scp/mfa.json:7 · statement 0 \"Mfa\"\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Would block it", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_refutation_is_a_success_and_looks_like_one()
    {
        ToolRun run = folder.Verify("""{"id": "r", "says": "No", "question": "not-granted", "stacks": ["app"], "request": {"principal": "arn:aws:iam::111122223333:role/dev", "resource": "arn:aws:account::111122223333:account"}, "forbidden": "properties/regions.json", "expect": "violated"}""");
        Assert.Equal(
            """
            ~ r  No  violated<time>   (as expected)
                for example  arn:aws:iam::111122223333:role/dev · account:EnableRegion · arn:aws:account::111122223333:account
            1 property: 1 violated as expected · 3 documents, 0 findings ·<time>

            """.ReplaceLineEndings("\n"),
            folder.Stable(run.Output));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Colors_are_for_a_terminal_only()
    {
        const string Holds = """{"id": "no-iam", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}""";
        Assert.DoesNotContain('\e', folder.Verify(Holds).Output);
        ToolRun terminal = ToolRun.OnTerminal("", "verify", folder["provablesec.json"]);
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb")
        {
            Assert.Contains("\e[", terminal.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_long_claim_stays_on_its_line_when_nobody_watches()
    {
        string claim = string.Join(' ', Enumerable.Repeat("word", 60));
        ToolRun run = folder.Verify($$"""{"id": "no-iam", "says": "{{claim}}", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}""");
        Assert.Contains($"✓ no-iam  {claim}  holds", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_terminal_would_obey_is_not_printed()
    {
        ToolRun run = folder.Verify("""{"id": "no-iam", "says": "red \u001b[31m", "question": "not-granted", "stacks": ["app"], "forbidden": "properties/roles.json"}""");
        Assert.DoesNotContain('\e', run.Output);
        Assert.Contains("red \\u001b[31m", run.Output, StringComparison.Ordinal);
    }
}
