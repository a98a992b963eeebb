/**
 * Prints `N passed, N failed` (and `, N skipped`) from a JSON report of vitest; exits with 1 unless
 * there were tests and all of them passed. Node only, so that it works when the install failed.
 */
import { readFileSync } from 'node:fs';

/** A file that could not be run at all has no tests in the report, and counts as one that failed. */
function totals(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function read(file) {
  try {
    return totals(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`The tests left no report: ${error.message}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

const { passed, failed, skipped } = read(process.argv[2]);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
