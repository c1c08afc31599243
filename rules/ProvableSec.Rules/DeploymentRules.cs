namespace ProvableSec.Rules;

/// <summary>The rules about secrets in what is deployed, <c>PSEC23xx</c>: no secret stands there, but one is shown, never changed or left open; and how containers use CloudHSM.</summary>
public static class DeploymentRules
{
    /// <summary>An output of a template gives a secret away.</summary>
    public static Rule SecretInOutput { get; } = new(
        "PSEC2301", "Secret in an output of a template", RuleSeverity.Error,
        "Whoever may describe the stack reads its outputs, in the console, in logs of pipelines and in other stacks.",
        "Put the value into AWS::SecretsManager::Secret within the template and give out its ARN; better, use a role instead of a key.", 200);

    /// <summary>A parameter that takes a secret is shown.</summary>
    public static Rule ParameterWithoutNoEcho { get; } = new(
        "PSEC2302", "Parameter for a secret without NoEcho", RuleSeverity.Warning,
        "Whoever may describe the stack or its change sets reads the value of the parameter.",
        "Set NoEcho: true; better, take no secret as a parameter but refer to Secrets Manager: {{resolve:secretsmanager:…}}.", 200);

    /// <summary>Nothing changes a secret.</summary>
    public static Rule SecretWithoutRotation { get; } = new(
        "PSEC2303", "Secret without rotation", RuleSeverity.Warning,
        "The longer a password is valid, the more people and places have it, and the longer a leaked one works.",
        "Add an AWS::SecretsManager::RotationSchedule every 30 days; for databases AWS hosts the function, or let the service manage the password (ManageMasterUserPassword).", 262);

    /// <summary>A secret changes, but seldom.</summary>
    public static Rule RareRotation { get; } = new(
        "PSEC2304", "Secret rotated less often than every 30 days", RuleSeverity.Warning,
        "A leaked password works until the next rotation.",
        "Rotate every 30 days or more often (AutomaticallyAfterDays: 30, rate(30 days)).", 262);

    /// <summary>The certificate that the client of CloudHSM trusts can be replaced, or its key is at hand.</summary>
    public static Rule OpenCustomerCa { get; } = new(
        "PSEC2311", "Customer CA of CloudHSM that can be replaced", RuleSeverity.Error,
        "The client takes a server for the HSM that has a certificate of this CA: whoever writes the file, or has the CA's private key, can pose as the HSM and read what is sent to it.",
        "Copy customerCA.crt only, owned by root and not writable for others, mount it read-only, and keep customerCA.key offline.", 732);

    /// <summary>The address of an HSM is written down.</summary>
    public static Rule HsmAddress { get; } = new(
        "PSEC2312", "Address of an HSM written down", RuleSeverity.Warning,
        "An HSM that is replaced has another address: the container then reaches none, or whatever has the address now.",
        "Pass the address when the container starts (aws cloudhsmv2 describe-clusters), and give two of them.", 1051);

    /// <summary>The application does not wait for the client.</summary>
    public static Rule HsmClientNotAwaited { get; } = new(
        "PSEC2313", "Application that starts before the CloudHSM client is ready", RuleSeverity.Warning,
        "The client needs some seconds to connect and check the cluster; until then every login fails, and programs that fall back work without the HSM.",
        "Wait in the entry point until the client's log says that it is ready (libevmulti_init: Ready), and give up after a while.", 696);

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<Rule> All { get; } = [SecretInOutput, ParameterWithoutNoEcho, SecretWithoutRotation, RareRotation, OpenCustomerCa, HsmAddress, HsmClientNotAwaited];
}
