/** The commands that package.json contributes. */
export const COMMANDS = {
  newFile: 'mae-det.newFile',
  openExample: 'mae-det.openExample',
  showDocumentation: 'mae-det.showDocumentation',
  runSearch: 'mae-det.runSearch',
  showDashboard: 'mae-det.showDashboard',
  applyDesign: 'mae-det.applyDesign',
  showPicture: 'mae-det.showPicture',
  exportPicture: 'mae-det.exportPicture',
  compare: 'mae-det.compareBackbones',
  compareFiles: 'mae-det.compareFiles',
  restart: 'mae-det.restartServer',
  showLogs: 'mae-det.showLogs',
  measure: 'mae-det.measure',
  cancelMeasurement: 'mae-det.cancelMeasurement',
  doctor: 'mae-det.doctor',
  installCuda: 'mae-det.installCuda',
} as const;
